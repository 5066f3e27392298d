"""Who may import whom in the pipeline: networks <- losses <- methods <- training <- commands, and no circles."""

import ast
import importlib.util
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[1]
# A module may import from its own layer and those before it. What is not listed works on faces, sketches and files, and knows no network.
LAYERS = [
    ["layers", "warm_start", "networks"],
    ["losses", "cartoon_losses", "cycle_losses", "drawing_losses", "frontal_losses", "frechet", "perceptual", "face_recognition", "look_fields", "weights_file", "checkpoints", "tasks",
     "pairs", "landmark_reader"],
    ["methods"],
    ["training"],
    ["train", "export", "export_onnx", "import_weights", "locality", "following", "golden", "golden_losses", "golden_steps", "evaluate_anime", "evaluate_frontal", "evaluate_pictures"],
]
LAYER_OF = {name: number for number, names in enumerate(LAYERS, start=1) for name in names}


def modules() -> dict[str, Path]:
    """Of the pipeline without its tests, by name within it: "training.trainer", and a package by its own name."""
    files = [file for file in ROOT.rglob("*.py") if "tests" not in file.relative_to(ROOT).parts and file != ROOT / "__init__.py"]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(name: str, file: Path, known: dict[str, Path]) -> set[str]:
    """Modules of the pipeline that this one imports, wherever in the file."""
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[:len(package) - node.level + 1]
            target = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            inner = {f"{target}.{alias.name}".strip(".") for alias in node.names} & known.keys()
            found |= inner or {target}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
            found.add((node.module or "").removeprefix("pipeline").strip("."))
    return found & known.keys()


def circle(graph: dict[str, set[str]]) -> list[str] | None:
    """Modules that import each other in a circle."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str] | None:
        if name in path:
            return path[path.index(name):]
        if name in done:
            return None
        for other in sorted(graph[name]):
            found = walk(other, [*path, name])
            if found:
                return found
        done.add(name)
        return None

    return next((found for name in graph if (found := walk(name, []))), None)


class Imports(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        known = cls.known = modules()
        cls.graph = {name: imported(name, file, known) for name, file in known.items()}

    def test_no_module_imports_one_of_a_later_layer(self) -> None:
        self.assertGreater(sum(map(len, self.graph.values())), 60)
        for name, others in self.graph.items():
            own = LAYER_OF.get(name.split(".")[0], 0)
            for other in others:
                self.assertLessEqual(LAYER_OF.get(other.split(".")[0], 0), own, f"{name} imports {other}")

    def test_there_is_no_circle(self) -> None:
        self.assertIsNone(circle(self.graph))

    def test_the_layers_exist(self) -> None:
        self.assertEqual({name for name in LAYER_OF if name not in self.known}, set())

    def test_a_circle_and_a_relative_import_would_be_seen(self) -> None:
        self.assertEqual(circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}), ["b", "c"])
        self.assertIn("methods.method", self.graph["training.trainer"])
        self.assertIn("losses", self.graph["methods.sketch_face"])
        self.assertIn("networks.unet", self.graph["networks"])

    def test_no_network_is_known_by_its_class_outside_its_file(self) -> None:
        for name, others in self.graph.items():
            families = {other for other in others if other.startswith("networks.") and other != "networks.family"}
            self.assertTrue(not families or name.startswith("networks"), f"{name} imports {families}; build it by its family's name")

    @unittest.skipUnless(importlib.util.find_spec("pyflakes"), "pyflakes is not installed (apt-get install python3-pyflakes)")
    def test_no_name_is_unknown_or_unused(self) -> None:
        found = subprocess.run([sys.executable, "-m", "pyflakes", str(ROOT)], capture_output=True, text=True)
        self.assertEqual(found.stdout + found.stderr, "")

    def test_no_file_is_over_300_lines(self) -> None:
        for name, file in self.known.items():
            self.assertLessEqual(len(file.read_text().splitlines()), 300, name)


if __name__ == "__main__":
    unittest.main()
