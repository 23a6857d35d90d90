/// Blocks by the thousand, without asking for each.
enum ManyBlocks {
    /// Makes of the block that a database has as many as are asked for, each of another address.
    static let multiply = """
        import json, sqlite3, sys
        base = sqlite3.connect(sys.argv[1], timeout=10)
        number, time, until, record = base.execute("SELECT id, time, until, record FROM blocks").fetchone()
        count = int(sys.argv[2])
        rows = []
        for index in range(1, count):
            block = json.loads(record)
            block["portolan"]["block"]["id"] = number + index
            block["portolan"]["block"]["what"]["to"] = f"198.{18 + (index >> 16)}.{index >> 8 & 255}.{index & 255}/32"
            rows.append((number + index, time, until, json.dumps(block)))
        base.executemany("INSERT INTO blocks (id, time, until, record) VALUES (?, ?, ?, ?)", rows)
        base.commit()
        """
}
