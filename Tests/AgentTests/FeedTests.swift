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
        // By and by, as it was handed over.
        var portions: [Subscription<Int>.Portion] = []
        for _ in 0..<9 { portions.append(try #require(await idle.next())) }
        #expect(portions.map(\.elements.count) == [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 192])
        #expect(portions.flatMap(\.elements).elementsEqual((0..<8192).map { $0 / 1000 }))
        #expect(portions.map(\.dropped).reduce(0, +) == 20_000 - UInt64(8192))
        // Told once.
        feed.put([7])
        let later = try #require(await idle.next())
        #expect(later.dropped == 0 && later.elements == [7])
        feed.leave(busy)
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
