import Addressing
import Testing
import Wire

@Suite("Packet batch") struct PacketBatchTests {
    @Test func beginsEmptyWithFreshPackets() {
        let batch = PacketBatch()
        #expect(batch.count == 0)
        for index in 0..<PacketBatch.capacity {
            #expect(batch[index].flags.isEmpty)
            #expect(batch[index].transport == 0)
            #expect(batch[index].linkOffset == -1)
            #expect(batch[index].outerOffset == -1)
        }
    }

    @Test func keepsEachPacketApart() {
        var batch = PacketBatch()
        for index in 0..<PacketBatch.capacity { batch[index].length = UInt32(index) }
        batch[7].length += 1000
        for index in 0..<PacketBatch.capacity {
            #expect(batch[index].length == UInt32(index == 7 ? 1007 : index))
        }
    }

    @Test func holdsAWholeBatchOfFrames() {
        #expect(PacketBatch.capacity >= FrameBatch.maximumCount)
    }

    @Test func stopsTheProgramBeyondItsRoom() async {
        await #expect(processExitsWith: .failure) {
            var batch = PacketBatch()
            batch[64].length = 1
        }
        await #expect(processExitsWith: .failure) {
            let batch = PacketBatch()
            _ = batch[-1].length
        }
    }
}
