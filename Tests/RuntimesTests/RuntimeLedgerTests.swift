import Addressing
import Containers
import Testing

@testable import Runtimes

@Suite("Runtime ledger")
struct RuntimeLedgerTests {
    private func event(
        _ action: String,
        _ identifier: String,
        name: String = "n",
        at nanoseconds: Int64 = 5
    ) throws -> EngineEvent {
        let type = ["connect", "disconnect"].contains(action) ? "network" : "container"
        let text =
            #"{"Type":"\#(type)","Action":"\#(action)","timeNano":\#(nanoseconds),"Actor":{"ID":"\#(identifier)","Attributes":"#
            + #"{"name":"\#(name)","container":"\#(identifier)","k":"v"}}}"#
        return try #require(decoded(EngineEvent.self, from: Array(text.utf8)))
    }

    private func list(
        _ identifiers: String...,
        more: String = #","HostConfig":{"NetworkMode":"default"}"#
    ) throws -> [EngineContainer] {
        let texts = identifiers.map {
            #"{"Id":"\#($0)","Names":["/n"],"Image":"i","Labels":{"k":"v","name":"l"}\#(more)}"#
        }
        return try #require(
            decoded(TolerantList<EngineContainer>.self, from: Array("[\(texts.joined(separator: ","))]".utf8))
        ).elements
    }

    @Test func tellsNothingTwice() throws {
        var ledger = RuntimeLedger()
        let first = ledger.take(try event("create", "a"))
        #expect(first.report != nil && first.asks)
        let second = ledger.take(try event("start", "a"))
        #expect(second.report == nil && !second.asks)
    }

    @Test func asksAgainOnceItGotNoAnswer() throws {
        var ledger = RuntimeLedger()
        _ = ledger.take(try event("create", "a"))
        #expect(ledger.take(nil, of: "a") == nil)
        #expect(ledger.take(try event("start", "a")).asks)
    }

    @Test func asksNoMoreOnceItKnowsAll() throws {
        var ledger = RuntimeLedger()
        _ = ledger.take(try event("create", "a"))
        #expect(ledger.take(try list("a")[0].description, of: "a") != nil)
        #expect(!ledger.take(try event("start", "a")).asks)
        #expect(ledger.take(try event("connect", "a")).asks, "its networks are others now")
    }

    /// An event lacks labels that are named like its other words, and so might say that another label is the first.
    @Test func keepsTheOwnerItWasToldOnRequest() throws {
        var keys = LabelKeys()
        (keys.owner, keys.role) = (["name", "k"], ["name", "k"])
        var ledger = RuntimeLedger()
        _ = ledger.take(try event("create", "a"))
        var told = ContainerDescription()
        told.adopt(labels: ["k": "v", "name": "l"], keys)
        _ = ledger.take(told, of: "a")
        let text =
            #"{"Type":"container","Action":"rename","Actor":{"ID":"a","Attributes":{"name":"new","k":"v"}}}"#
        _ = ledger.take(try #require(decoded(EngineEvent.self, from: Array(text.utf8), keys)))
        #expect(ledger.containers["a"]?.name == "new")
        #expect(ledger.containers["a"]?.owner == "l" && ledger.containers["a"]?.role == "l")
    }

    /// What an event calls labels lacks some, and has none of those it was asked for.
    @Test func keepsTheLabelsItWasToldOnRequest() throws {
        var ledger = RuntimeLedger()
        _ = ledger.take(try event("create", "a"))
        #expect(ledger.containers["a"]?.labels == ["container": "a", "k": "v"])
        _ = ledger.take(try list("a")[0].description, of: "a")
        _ = ledger.take(try event("rename", "a", name: "m"))
        #expect(ledger.containers["a"]?.labels == ["k": "v", "name": "l"])
        #expect(ledger.containers["a"]?.name == "m")
    }

    @Test func keepsTheFinerOfTwoTimesInOneSecond() throws {
        var ledger = RuntimeLedger()
        _ = ledger.take(try event("create", "a", at: 7_000_000_123))
        _ = ledger.take(try list("a", more: #","Created":7"#)[0].description, of: "a")
        #expect(ledger.containers["a"]?.created?.nanoseconds == 7_000_000_123)
    }

    @Test func dropsAnAnswerAboutWhatIsNoMore() throws {
        var ledger = RuntimeLedger()
        _ = ledger.take(try event("create", "a"))
        #expect(ledger.take(try event("destroy", "a")).report == .removed(identifier: "a"))
        #expect(ledger.take(try list("a")[0].description, of: "a") == nil)
        #expect(ledger.containers.isEmpty)
        #expect(ledger.take(try event("destroy", "a")).report == nil, "once")
    }

    @Test func keepsAwayFromAListWhatEndedMeanwhile() throws {
        var ledger = RuntimeLedger()
        ledger.beginList()
        _ = ledger.take(try event("destroy", "a"))
        #expect(ledger.take(try list("a", "b"), isAnew: true).reports.count == 1)
        #expect(Array(ledger.containers.keys) == ["b"])
    }

    @Test func keepsWhatBeganWhileAListWasMade() throws {
        var ledger = RuntimeLedger()
        ledger.beginList()
        _ = ledger.take(try event("create", "new"))
        #expect(ledger.take(try list("b"), isAnew: false).reports.count == 1)
        #expect(ledger.containers.keys.sorted() == ["b", "new"])
    }

    @Test func endsWhatAListLacks() throws {
        var ledger = RuntimeLedger()
        ledger.beginList()
        _ = ledger.take(try list("a", "b"), isAnew: true)
        ledger.beginList()
        #expect(ledger.take(try list("b"), isAnew: false).reports == [.removed(identifier: "a")])
    }

    @Test func tellsAllAnewWhenAskedTo() throws {
        var ledger = RuntimeLedger()
        for isAnew in [true, false, true] {
            ledger.beginList()
            #expect(ledger.take(try list("a", "b"), isAnew: isAnew).reports.count == (isAnew ? 2 : 0))
        }
    }

    @Test func asksAboutAListedContainerOnce() throws {
        var ledger = RuntimeLedger()
        ledger.beginList()
        #expect(ledger.take(try list("a", more: ""), isAnew: true).asks == ["a"])
        ledger.beginList()
        #expect(ledger.take(try list("a", more: ""), isAnew: false).asks.isEmpty, "not yet answered")
        ledger.forgetQuestions()
        ledger.beginList()
        #expect(ledger.take(try list("a", more: ""), isAnew: false).asks == ["a"])
    }

    @Test func holdsNoMoreContainersThanAllowed() throws {
        var ledger = RuntimeLedger()
        for number in 0...RuntimeBounds.containers {
            let news = ledger.take(try event("create", "c\(number)"))
            #expect((news.report != nil) == (number < RuntimeBounds.containers))
        }
        #expect(ledger.containers.count == RuntimeBounds.containers)
        #expect(ledger.take(try event("rename", "c0", name: "m")).report != nil, "those it holds go on")
    }
}
