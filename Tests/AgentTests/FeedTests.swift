import Agent
import Testing

@Suite("Feeds", .timeLimit(.minutes(1)))
struct FeedTests {
    @Test func handOnWhatComesInItsOrder() async throws {
        let feed = Feed<Int>(limit: 8192)
        #expect(!feed.isFollowed)
        feed.put([0])
        let follower = try #require(feed.follow())
        #expect(feed.isFollowed)
        feed.put([1, 2])
        feed.put([3])
        #expect(await follower.next()?.elements == [1, 2, 3])
        async let next = follower.next()
        feed.put([4])
        #expect(await next?.elements == [4])
        feed.leave(follower)
        #expect(!feed.isFollowed)
        #expect(await follower.next() == nil)
    }

    @Test func dropAndCountWhatNobodyReads() async throws {
        let feed = Feed<Int>(limit: 8192)
        let idle = try #require(feed.follow())
        let busy = try #require(feed.follow())
        for number in 0..<20 { feed.put(Array(repeating: number, count: 1000)) }
        // The oldest are gone, which is said before the first of those that are there.
        var portions: [Subscription<Int>.Portion] = []
        for _ in 0..<16 { portions.append(try #require(await idle.next())) }
        #expect(portions.map(\.elements.count) == Array(repeating: 512, count: 16))
        #expect(portions.flatMap(\.elements).elementsEqual((20_000 - 8192..<20_000).map { $0 / 1000 }))
        #expect(portions.map(\.dropped) == [20_000 - 8192] + Array(repeating: 0, count: 15))
        // Told once.
        feed.put([7])
        let later = try #require(await idle.next())
        #expect(later.dropped == 0 && later.elements == [7])
        feed.leave(busy)
    }

    @Test func whoLagsLosesNoMoreThanIsNotKept() async throws {
        let feed = Feed<Int>(limit: 1000)
        let follower = try #require(feed.follow())
        var (expected, read, dropped) = (0, 0, 0)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let count = Int.random(in: 0...1500, using: &generator) / 2
            feed.put(Array(expected..<expected + count))
            expected += count
            guard Bool.random(using: &generator), count > 0 else { continue }
            let portion = try #require(await follower.next())
            dropped += Int(portion.dropped)
            #expect(portion.elements.elementsEqual(read + dropped..<read + dropped + portion.elements.count))
            read += portion.elements.count
        }
        feed.close()
        while let portion = await follower.next() {
            dropped += Int(portion.dropped)
            read += portion.elements.count
        }
        #expect(read + dropped == expected)
    }

    @Test func keepsTheLastOfMoreThanThereIsRoomFor() async throws {
        let feed = Feed<Int>(limit: 10)
        let follower = try #require(feed.follow())
        feed.put([1, 2, 3])
        feed.put(Array(0..<25))
        feed.put([25])
        let portion = try #require(await follower.next())
        #expect(portion.elements == Array(16...25) && portion.dropped == 19)
        // Whoever follows when nobody did begins with nothing.
        feed.leave(follower)
        let other = try #require(feed.follow())
        feed.put([26])
        #expect(await other.next()?.elements == [26])
        feed.leave(other)
    }

    @Test func handOnLittleByLittle() async throws {
        let feed = Feed<Int>(limit: 8192)
        let follower = try #require(feed.follow())
        for number in 0..<1000 { feed.put([number]) }
        #expect(await follower.next()?.elements == Array(0..<512))
        #expect(await follower.next()?.elements == Array(512..<1000))
        feed.leave(follower)
    }

    @Test func wakeThoseThatWait() async throws {
        let feed = Feed<Int>(limit: 8192)
        let follower = try #require(feed.follow())
        async let beaten = follower.next()
        feed.beat()
        let portion = await beaten
        #expect(portion?.elements.isEmpty == true && portion?.dropped == 0)
        async let closed = follower.next()
        feed.close()
        #expect(await closed == nil)
        #expect(feed.follow() == nil)
    }

    @Test func endForATaskThatIsCancelled() async throws {
        let feed = Feed<Int>(limit: 8192)
        let follower = try #require(feed.follow())
        let task = Task { await follower.next() }
        task.cancel()
        #expect(await task.value == nil)
    }
}
