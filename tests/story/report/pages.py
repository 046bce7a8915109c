"""What must hold of every page: balance, no way out of the file, and links that lead somewhere."""
import base64
import hashlib
import re
from html.parser import HTMLParser

VOID = {"meta", "br", "col", "hr"}
# All that the templates and pictures write. Anything else came in with a text.
TAGS = set("""html head meta title style body div span header h1 h2 h3 h4 p dl dt dd section nav ol ul li a main b br
table caption colgroup col thead tbody tr th td article figure figcaption svg defs pattern rect circle path line g text
desc""".split())
ATTRIBUTES = set("""lang charset name content http-equiv class id aria-hidden aria-label aria-labelledby href scope colspan
viewbox role xmlns x y x1 y1 x2 y2 cx cy r d width height fill transform patternunits patterntransform tabindex""".split())


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.links, self.words = [], [], [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.wrong.append(f"a new element: <{tag}>")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.wrong.append(f"a new attribute: {name} of <{tag}>")
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing at line {self.getpos()[0]}")

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def handle_comment(self, data):
        self.wrong.append(f"a comment: {data[:40]}")

    def unknown_decl(self, data):
        self.wrong.append(f"a declaration: {data[:40]}")

    def handle_pi(self, data):
        self.wrong.append(f"an instruction: {data[:40]}")


def mistakes(text):
    page = Page(text)
    yield from page.wrong
    targets = set(page.ids)
    if len(targets) != len(page.ids):
        yield f"ids twice: {sorted({one for one in page.ids if page.ids.count(one) > 1})[:5]}"
    for link in sorted(set(page.links)):
        if not link.startswith("#"):
            yield f"a link out of the file: {link[:60]}"
        elif link[1:] not in targets:
            yield f"a link to nothing: {link[:60]}"
    style = text[text.index("<style>") + len("<style>"):text.index("</style>")]
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    if f"style-src &#39;sha256-{hashed}&#39;;" not in text:
        yield "the policy does not know the page's own style"
    outside = re.sub(r'xmlns="http://www.w3.org/2000/svg"', "", text[:text.index("<style>")] + style)
    if re.search(r"url\((?!#)|@import|https?:", outside):
        yield "the style sheet or head loads something"
