/// The one script of a page. It makes no markup of text: what it shows it clones from the table, or sets as text.
enum PageScript {
    /// SHA-256 of `text` in base64, by which the page's policy lets this script run and no other. A test computes it; whoever changes the
    /// script is told the new one there. It stands here because nothing we build on can hash, and a hash of our own is not wanted.
    static let hash: StaticString = "sha256-/dxdua7VC8/TcEkuWUAKfmQ12X84owClQTolS4p6rAI="

    static let text: StaticString = #"""
        "use strict";
        (() => {
          const all = (query, from = document) => [...from.querySelectorAll(query)];
          const chart = document.querySelector("svg.chart");
          const search = document.getElementById("search");
          const found = document.getElementById("found");
          const details = document.getElementById("details");
          const body = document.querySelector("#edges tbody");
          const words = (list) => (list ? list.split(" ") : []);
          const title = (part) => part.querySelector("title")?.textContent ?? part.textContent;
          const parts = all(".row, .line, .hub, .label", chart);
          const lines = all("tr", body);
          let query = "", held = null;

          // What a part of the chart has to do with: rows by their identifiers.
          const rows = (part) =>
            [part.dataset.row, part.dataset.from, part.dataset.to, ...words(part.dataset.touched)].filter(Boolean);
          const isMatch = (part) => title(part).toLowerCase().includes(query);
          // A row shines with its edges and whom they lead to, a line with its two ends.
          const shining = (part) => {
            const own = part.dataset.row;
            if (!own) return new Set(rows(part));
            const near = parts.filter((other) => rows(other).includes(own)).flatMap(rows);
            return new Set([own, ...near]);
          };

          function dim() {
            const near = held ? shining(held) : null;
            const isNear = (part) => part.dataset.row && !part.dataset.touched
              ? near.has(part.dataset.row)
              : held.dataset.row
                ? rows(part).includes(held.dataset.row)
                : part === held || (part.classList.contains("label") && part.dataset.to === held.dataset.to);
            for (const part of parts) {
              const isFound = part.classList.contains("label") ? query === "" : query === "" || isMatch(part);
              part.classList.toggle("dim", !isFound || (near !== null && !isNear(part)));
            }
          }

          function find(text) {
            query = text.trim().toLowerCase();
            let count = 0;
            for (const line of lines) {
              line.hidden = query !== "" && !line.textContent.toLowerCase().includes(query);
              if (!line.hidden) count += 1;
            }
            found.textContent = query === "" ? "" : `${count} of ${lines.length} edges`;
            dim();
          }

          // The edges of a part, as copies of their lines of the table.
          function show(part) {
            const edges = new Set(words(part.dataset.edges));
            const own = part.dataset.row;
            const chosen = lines.filter((line) => edges.has(line.id)
              || (own && (line.dataset.from === own || line.dataset.to === own)));
            const heading = document.createElement("h2");
            heading.textContent = title(part).split("\n")[0];
            const table = document.createElement("table");
            table.append(document.querySelector("#edges thead").cloneNode(true));
            const copies = document.createElement("tbody");
            for (const line of chosen) {
              const copy = line.cloneNode(true);
              copy.removeAttribute("id");
              copy.hidden = false;
              copies.append(copy);
            }
            table.append(copies);
            details.replaceChildren(heading, table);
            for (const other of parts) other.classList.toggle("chosen", other === part);
          }

          for (const part of all(".row, .line, .hub", chart)) {
            const hold = () => { held = part; dim(); };
            const release = () => { held = null; dim(); };
            part.addEventListener("mouseenter", hold);
            part.addEventListener("mouseleave", release);
            part.addEventListener("focus", hold);
            part.addEventListener("blur", release);
            part.addEventListener("click", () => { if (!hasMoved) show(part); });
            part.addEventListener("keydown", (event) => { if (event.key === "Enter") show(part); });
          }
          search.addEventListener("input", () => find(search.value));

          // The part of the picture that is seen.
          const whole = chart.viewBox.baseVal;
          const [width, height] = [whole.width, whole.height];
          let view = { x: 0, y: 0, scale: 1 }, drag = null, hasMoved = false;
          function look(x, y, scale) {
            scale = Math.min(Math.max(scale, 0.5), 16);
            const [w, h] = [width / scale, height / scale];
            view = { x: Math.min(Math.max(x, -w / 2), width - w / 2), y: Math.min(Math.max(y, -h / 2), height - h / 2), scale };
            chart.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
          }
          function zoom(factor, atX = 0.5, atY = 0.5) {
            const scale = Math.min(Math.max(view.scale * factor, 0.5), 16);
            const gain = 1 / view.scale - 1 / scale;
            look(view.x + width * gain * atX, view.y + height * gain * atY, scale);
          }
          const pixel = () => width / view.scale / chart.getBoundingClientRect().width;
          chart.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY }; hasMoved = false; });
          window.addEventListener("pointerup", () => { drag = null; });
          window.addEventListener("pointermove", (event) => {
            if (!drag) return;
            const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
            if (!hasMoved && Math.hypot(dx, dy) < 4) return;
            hasMoved = true;
            look(view.x - dx * pixel(), view.y - dy * pixel(), view.scale);
            drag = { x: event.clientX, y: event.clientY };
          });
          chart.addEventListener("wheel", (event) => {
            const box = chart.getBoundingClientRect();
            if (event.ctrlKey) {
              zoom(Math.exp(-event.deltaY / 300), (event.clientX - box.x) / box.width, (event.clientY - box.y) / box.height);
            } else if (view.scale > 1) {
              look(view.x + event.deltaX * pixel(), view.y + event.deltaY * pixel(), view.scale);
            } else return; // The page scrolls.
            event.preventDefault();
          }, { passive: false });
          const keys = {
            "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "0": () => look(0, 0, 1),
            ArrowLeft: () => look(view.x - 80, view.y, view.scale), ArrowRight: () => look(view.x + 80, view.y, view.scale),
            ArrowUp: () => look(view.x, view.y - 80, view.scale), ArrowDown: () => look(view.x, view.y + 80, view.scale),
          };
          document.getElementById("figure").addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
            keys[event.key]();
            event.preventDefault();
          });
          for (const button of all("button[data-key]")) button.addEventListener("click", () => keys[button.dataset.key]());

          const order = (line, column) => {
            const cell = line.children[column];
            return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
          };
          all("#edges th").forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
            const sign = heading.ariaSort === "ascending" ? -1 : 1;
            for (const other of all("#edges th")) other.removeAttribute("aria-sort");
            heading.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
            lines.sort((left, right) => {
              const [a, b] = [order(left, column), order(right, column)];
              return a < b ? -sign : a > b ? sign : 0;
            });
            body.append(...lines);
          }));

          // page.html#search=cart looks for cart, #show=ID shows the details of a row, hub or edge.
          function follow() {
            const asked = new URLSearchParams(location.hash.slice(1));
            if (asked.has("search")) { search.value = asked.get("search"); find(search.value); }
            const id = asked.get("show");
            const part = id && parts.find((other) => other.id === id || words(other.dataset.edges).includes(id));
            if (part) show(part);
          }
          window.addEventListener("hashchange", follow);
          follow();
        })();

        """#
}
