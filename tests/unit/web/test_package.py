"""The npm package: what is in it, and what a project that has nothing else gets of it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.fields.release import WEB

pytestmark = pytest.mark.toolchain("npm")

PAGE = """\
import { loadTollgate, type EncryptedCard } from "tollgate-web";

const Tollgate = await loadTollgate("https://js.pay.example.com/r/tollgate.js", { integrity: "sha384-x" });
const fields = Tollgate({ merchant: "mer_1" }).card("#card", { locale: "de", style: { radius: "4px" } });
fields.addEventListener("change", ({ detail }) => console.log(detail.brand, detail.invalid));
const paid: EncryptedCard = await fields.encrypt({ save: true });
console.log(paid.card.last4);
"""
WRONG = PAGE.replace("last4", "number")
SETTINGS = {
    "compilerOptions": {
        "strict": True,
        "noEmit": True,
        "module": "esnext",
        "moduleResolution": "bundler",
        "target": "es2023",
        "lib": ["es2023", "dom"],
        "types": [],
    }
}
# A page of which nothing is needed but what the package touches.
BROWSER = """\
const scripts = [];
globalThis.document = {
  createElement: () =>
    Object.assign(new EventTarget(), { remove() { scripts.splice(scripts.indexOf(this), 1); } }),
  head: { append: (script) => scripts.push(script) },
};
const { loadTollgate } = await import("tollgate-web");
const source = "https://js.pay.example.com/r/tollgate.js";
const failed = loadTollgate(source, { integrity: "sha384-x" });
scripts[0].dispatchEvent(new Event("error"));
const refused = await failed.catch((error) => error.message);
const [one, two] = [loadTollgate(source), loadTollgate(source)];
const { type, crossOrigin, src, integrity } = scripts[0];
globalThis.Tollgate = () => "the fields";
scripts[0].dispatchEvent(new Event("load"));
const given = (await one)();
const same = one === two;
console.log(JSON.stringify({ refused, same, count: scripts.length, type, crossOrigin, src, given }));
"""


def run(*command: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=at, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project with the package in it, as npm packs and installs it."""
    here = tmp_path_factory.mktemp("shop")
    copy = shutil.copytree(WEB, here / "web", ignore=shutil.ignore_patterns("node_modules"))
    packed = run("npm", "pack", "--json", "--pack-destination", str(here), at=copy)
    assert packed.returncode == 0, packed.stderr
    (described,) = json.loads(packed.stdout)
    (here / "contents.json").write_text(json.dumps([file["path"] for file in described["files"]]))
    (here / "package.json").write_text(json.dumps({"type": "module", "private": True}))
    installed = run(
        *("npm", "install", "--offline", "--no-audit", "--no-fund", described["filename"]), at=here
    )
    assert installed.returncode == 0, installed.stderr
    return here


def test_the_package_holds_the_way_to_the_fields_and_not_the_fields(project: Path) -> None:
    assert set(json.loads((project / "contents.json").read_text())) == {
        *("README.md", "load.d.ts", "load.js", "package.json", "tollgate.d.ts"),
    }


def test_it_is_of_the_version_and_the_license_of_the_sources(project: Path) -> None:
    described = json.loads((project / "node_modules" / "tollgate-web" / "package.json").read_text())
    assert described["license"] == "Apache-2.0"
    assert described["version"] == json.loads((WEB / "package.json").read_text())["version"]
    assert "dependencies" not in described


def test_it_puts_the_script_of_the_platforms_origin_into_the_page_once(project: Path) -> None:
    (project / "page.mjs").write_text(BROWSER)
    done = run("node", "page.mjs", at=project)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "refused": "https://js.pay.example.com/r/tollgate.js can't be loaded, or isn't what its hash says.",
        "same": True,
        "count": 1,
        "type": "module",
        "crossOrigin": "anonymous",
        "src": "https://js.pay.example.com/r/tollgate.js",
        "given": "the fields",
    }


def test_its_types_hold_in_a_strict_project(project: Path, compiler: Path) -> None:
    (project / "tsconfig.json").write_text(json.dumps({**SETTINGS, "files": ["page.ts"]}))
    (project / "page.ts").write_text(PAGE)
    done = run(str(compiler), at=project)
    assert done.returncode == 0, done.stdout
    (project / "page.ts").write_text(WRONG)
    assert "Property 'number' does not exist" in run(str(compiler), at=project).stdout
