"""page.py PAGE [STEP...] : opens a page of `portolan graph -o html` in headless Chromium and uses it as a person would.

Runs where no network is (unshare -n), talks to Chromium over a pipe, and prints one JSON object: title, what each STEP gave, the
requests that were wanted, why some were blocked, and the complaints about the policy. A STEP is an expression of JavaScript, `type:TEXT` into the search, `click:SELECTOR`, or
`wait`. Needs Debian's chromium, and to be root or to have user namespaces.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

PATIENCE = 60


class Browser:
    def __init__(self, folder):
        asked, self.answers = os.pipe(), os.pipe()
        self.command = asked[1]
        read_end, write_end = asked[0], self.answers[1]

        def hand_over():
            # Chromium reads commands from descriptor 3 and writes answers to 4.
            high_read, high_write = os.dup2(read_end, 100), os.dup2(write_end, 101)
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)

        isolated = [] if os.environ.get("PORTOLAN_PAGE_NETWORK") else ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
        self.process = subprocess.Popen(
            [*isolated, "chromium", "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run", f"--user-data-dir={folder}", "--window-size=1400,1000"],
            preexec_fn=hand_over, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(read_end)
        os.close(write_end)
        self.buffer, self.number, self.events = b"", 0, []

    def message(self):
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.answers[0]], [], [], max(0, end - time.monotonic()))
            chunk = os.read(self.answers[0], 1 << 16) if ready else b""
            if not chunk:
                raise SystemExit("Chromium says nothing")
            self.buffer += chunk
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, session=None, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if session:
            request["sessionId"] = session
        os.write(self.command, json.dumps(request).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def end(self):
        os.killpg(self.process.pid, 9)
        self.process.wait()


def value(browser, session, expression):
    result = browser.ask("Runtime.evaluate", session, expression=expression, returnByValue=True, awaitPromise=True)
    if "exceptionDetails" in result:
        raise SystemExit(f"{expression}: {result['exceptionDetails']}")
    return result["result"].get("value")


def click(browser, session, selector):
    place = value(browser, session, f"""(() => {{
        const part = document.querySelector({json.dumps(selector)});
        part.scrollIntoView({{block: "center"}});
        const way = part.matches(".line") ? part.querySelector(".reach") : null;
        if (!way) {{ const box = part.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }}
        // On the line itself, just before the arrow.
        const point = way.getPointAtLength(way.getTotalLength() - 4).matrixTransform(way.getScreenCTM());
        return [point.x, point.y];
    }})()""")
    for kind in ["mouseMoved", "mousePressed", "mouseReleased"]:
        browser.ask("Input.dispatchMouseEvent", session, type=kind, x=place[0], y=place[1], button="left", clickCount=1)


def main():
    page, steps = sys.argv[1], sys.argv[2:]
    folder = tempfile.mkdtemp()
    browser = Browser(folder)
    try:
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Network", "Log", "Runtime"]:
            browser.ask(f"{domain}.enable", session)
        browser.ask("Page.navigate", session, url=page if "://" in page else "file://" + os.path.abspath(page))
        while value(browser, session, "document.readyState + location.protocol") != "completefile:":
            time.sleep(0.05)
        results = []
        for step in steps:
            if step.startswith("type:"):
                value(browser, session, "document.getElementById('search').focus()")
                browser.ask("Input.insertText", session, text=step.removeprefix("type:"))
            elif step.startswith("click:"):
                click(browser, session, step.removeprefix("click:"))
            elif step == "wait":
                time.sleep(0.5)
            else:
                results.append(value(browser, session, step))
        title = value(browser, session, "document.title")
        requests = [e["params"]["request"]["url"] for e in browser.events if e["method"] == "Network.requestWillBeSent"]
        complaints = [e["params"]["entry"]["text"] for e in browser.events if e["method"] == "Log.entryAdded"]
        blocked = [e["params"].get("blockedReason") for e in browser.events if e["method"] == "Network.loadingFailed"]
        errors = [e["params"]["exceptionDetails"] for e in browser.events if e["method"] == "Runtime.exceptionThrown"]
        print(json.dumps({"title": title, "results": results, "complaints": complaints, "errors": errors, "blocked": blocked,
                          "requests": [u for u in requests if not u.startswith("file://")], "loaded": len(requests)}))
    finally:
        browser.end()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
