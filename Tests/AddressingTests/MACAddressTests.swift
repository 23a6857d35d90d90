import Addressing
import Testing

@Suite("Hardware addresses")
struct MACAddressTests {
    @Test(arguments: [
        (UInt64(0), "00:00:00:00:00:00"), (0x0242_0af4_0002, "02:42:0a:f4:00:02"),
        (0xffff_ffff_ffff, "ff:ff:ff:ff:ff:ff"),
        (0x9abc_def0_1234, "9a:bc:de:f0:12:34"),
    ])
    func areSixOctetsInLowerCase(bits: UInt64, text: String) {
        #expect(MACAddress(bits: bits).description == text)
    }

    @Test func haveNoMoreThan48Bits() {
        #expect(MACAddress(bits: .max).bits == 0xffff_ffff_ffff)
        #expect(MACAddress(bits: 0x1_0000_0000_0000) == MACAddress(bits: 0))
    }

    @Test(arguments: [
        (UInt64(0x0100_5e00_00fb), true), (0xffff_ffff_ffff, true), (0x0242_0a00_0001, false),
        (0x0000_0000_0001, false),
    ])
    func knowGroups(bits: UInt64, isMulticast: Bool) {
        #expect(MACAddress(bits: bits).isMulticast == isMulticast)
    }

    @Test func knowWhenThereIsNone() {
        #expect(MACAddress(bits: 0).isZero)
        #expect(!MACAddress(bits: 1).isZero)
    }
}
