import Testing

@testable import Graph

@Suite("Names that replicas have in common")
struct FoldNameTests {
    @Test(arguments: [
        ("pg-orders-0", "pg-orders"), ("shop_web_12", "shop_web"), ("web", "web"), ("nginx", "nginx"),
        // A deployment's pod, a daemon set's, and a word that looks like one's suffix.
        ("cart-7d9c8b6f5d-x2k4p", "cart"), ("fluentd-x2k4p", "fluentd"), ("my-nymph", "my-nymph"),
        ("a-b-crypt", "a-b-crypt"),
        ("debug-7f9c", "debug-7f9c"), ("backup-20261121", "backup-20261121"), ("-1", "-1"), ("größe-3", "größe"),
        ("pg-orders-", "pg-orders-"),
    ])
    func areWithoutOrdinalAndHash(name: String, base: String) {
        #expect(ReplicaName.base(of: name) == base)
    }

    @Test(arguments: ["", "0", "123456789012", "12-1"]) func areNoneWhereThereAreOnlyDigits(name: String) {
        #expect(ReplicaName.base(of: name) == nil)
    }

    @Test(arguments: [
        ("redis", "redis"), ("redis:7", "redis"), ("docker.io/library/redis:7@sha256:00", "redis"),
        ("registry.local:5000/shop/cart:4", "registry.local:5000/shop/cart"),
        ("quay.io/prom/node", "quay.io/prom/node"),
        ("registry.local:5000/cart", "registry.local:5000/cart"),
    ])
    func ofAnImageIsItsRepository(image: String, repository: String) {
        #expect(ImageName.repository(of: image) == repository)
    }

    @Test(arguments: ["", ":4", "@sha256:00", "library/"]) func ofAnImageIsNoneWhereNoneIs(image: String) {
        #expect(ImageName.repository(of: image) == nil)
    }

    @Test(arguments: [
        ("api.shop.example", "shop.example"), ("shop.example", "shop.example"), ("localhost", "localhost"),
        ("a.b.shop.co.uk", "shop.co.uk"), ("www.bbc.uk", "bbc.uk"), ("S3.EU.Amazonaws.COM.", "amazonaws.com"),
        ("co.uk", "co.uk"), ("...", "..."), ("a..b.c", "b.c"), ("t.co.com", "co.com"),
    ])
    func ofADomainIsWhatWasRegistered(name: String, domain: String) {
        #expect(RegisteredDomain.domain(of: name) == domain)
    }

    @Test(arguments: [
        (0.0, "0"), (0.5, "<1"), (17, "17"), (999, "999"), (999.6, "1.0k"), (9_840, "9.8k"), (9_960, "10k"),
        (392_000, "392k"), (5_000_000, "5.0M"), (72_000_000, "72M"), (.infinity, "0"), (1e30, "1000000000P"),
    ])
    func ofARateHaveTwoDigits(rate: Double, text: String) {
        #expect(RateText.text(rate) == text)
    }
}
