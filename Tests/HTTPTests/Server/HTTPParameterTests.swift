import HTTP
import Testing

@Suite("HTTP requests: their parameters")
struct HTTPParameterTests {
    private func pairs(_ query: String?) -> [String]? {
        let target = query.map { "/flows?\($0)" } ?? "/flows"
        return HTTPRequest(method: "GET", target: target).parameters?.map { "\($0.name):\($0.value)" }
    }

    @Test func areInTheirOrder() {
        #expect(pairs("b=1&a=2&b=3") == ["b:1", "a:2", "b:3"])
        #expect(HTTPRequest(method: "GET", target: "/flows?b=1").path == "/flows")
    }

    @Test func areNoneWithoutAQuery() {
        #expect(pairs(nil) == [])
        #expect(pairs("") == [])
        #expect(pairs("&&") == [])
    }

    @Test func mayHaveNoValue() {
        #expect(pairs("follow&last=&=x") == ["follow:", "last:", ":x"])
    }

    @Test func haveTheirEscapesResolved() {
        #expect(pairs("name=a+b%2Bc%26d%3D%25") == ["name:a b+c&d=%"])
        #expect(pairs("%6e%C3%A4=%e2%82%ac") == ["nä:€"])
        #expect(pairs("x=a=b?c") == ["x:a=b?c"])
    }

    @Test(arguments: ["x=%", "x=%4", "x=%zz", "%=1", "x=%4g", "x=%+1", "x=%ff", "a=1&x=%c3%28", "x=%ed%a0%80"])
    func areNilWhereAnEscapeIsNone(query: String) {
        #expect(pairs(query) == nil)
    }

    @Test func areNilPastTheirLimits() {
        #expect(pairs(Array(repeating: "a", count: 128).joined(separator: "&"))?.count == 128)
        #expect(pairs(Array(repeating: "a", count: 129).joined(separator: "&")) == nil)
        #expect(pairs("a=" + String(repeating: "x", count: 8190))?.count == 1)
        #expect(pairs("a=" + String(repeating: "x", count: 8191)) == nil)
    }

    @Test func takeAnyBytes() {
        for byte in UInt8.min...UInt8.max {
            let escape = "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            #expect((pairs(escape) == nil) == (byte >= 0x80), "\(escape)")
        }
    }
}
