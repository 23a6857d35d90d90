/// One interface of a capture, as its file describes it. A plain pcap file has exactly one.
package struct CaptureInterface: Hashable, Sendable {
    /// Such as "eth0"; `nil` when the file does not say. Taken from the file: any characters may be in it.
    package var name: String?

    /// The LINKTYPE_ number of its frames' first header, as registered at tcpdump.org.
    package var linkType: UInt16

    /// The most bytes kept of a frame; 0 when there was no limit.
    package var snapLength: UInt32

    /// Decimal digits of a second that its times have: 6 for microseconds; never more than 9.
    package var timestampDigits: Int

    /// Bytes of the frame check sequence at the end of each frame; `nil` when the file does not say.
    package var frameCheckLength: Int?

    /// Which of a recording's captures its frames came from, as its notes number them; `nil` in every other file.
    package var recordedCapture: UInt32?

    /// Which of the capture's files it is from, counted from 0 in the order they were named.
    package var file = 0

    /// Frames the interface saw, kept or not, as the last statistics block says; `nil` when none does.
    package var received: UInt64?

    /// Frames the interface lost for want of room (`isb_ifdrop`); `nil` when the file does not say, which is not 0.
    package var droppedByInterface: UInt64?

    /// Frames the system lost before the capturing program took them (`isb_osdrop`); `nil` when the file does not say.
    package var dropped: UInt64?

    package init(name: String? = nil, linkType: UInt16, snapLength: UInt32, timestampDigits: Int) {
        self.name = name
        self.linkType = linkType
        self.snapLength = snapLength
        self.timestampDigits = timestampDigits
    }

    /// Whether both are what one interface may be called in two files.
    func isDescribed(as other: Self) -> Bool {
        name == other.name && linkType == other.linkType && frameCheckLength == other.frameCheckLength
    }
}
