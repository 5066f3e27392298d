"""Train a model on a pack.

    python -m pipeline.train sketch_face --config pipeline/configs/live.toml

Writes to the run's folder: `last.pt` (weights, EMA, optimisers, step, elapsed time; replaced whole), `log.csv`, `sheet-NNNNNN.jpg`. Run again to resume.
The length is a time budget: the learning rate falls to zero over the last part of it, so a run of any length ends settled.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import time
import tomllib
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader

from . import losses
from .data import EditDataset, Pack, SketchFaceDataset
from .networks import Generator, GeneratorConfig, MultiScaleDiscriminator, held_statistics
from .perceptual import SqueezeNetFeatures
from .sketches import PLAIN, SketchStyle, sketch
from .tolerance import basis
from .warm_start import adapted


@dataclass(frozen=True)
class TrainingConfig:
    """One run, as the TOML file has it."""

    run: str
    pack: str
    perceptual_weights: str
    minutes: float = 60.0
    steps: int = 0  # with steps, the length and the schedule count steps instead of minutes: equal for machines of any speed
    size: int = 0  # of the pictures; 0 = the pack's own
    init: str = ""  # a checkpoint to start from (see warm_start.py); its optimisers are not taken over
    look_entry: str = "modulation"  # or "channels": the look as constant input planes (kept for comparison; the studio knows modulation only)
    generator: dict = field(default_factory=dict)
    style: dict = field(default_factory=dict)
    batch: int = 4
    seed: int = 1
    learning_rate: float = 2e-4
    discriminator_learning_rate: float = 2e-4
    decay_from: float = 0.5
    ema: float = 0.999
    scales: int = 2
    ndf: int = 32
    adversarial_from_step: int = 3000
    adversarial_form: str = "leastSquares"
    lambda_l1: float = 10.0
    lambda_perceptual: float = 10.0
    lambda_feature_matching: float = 10.0
    lambda_adversarial: float = 1.0
    lambda_edit: float = 0.0
    perceptual_fires: int = 6
    look_dropout: float = 0.1
    no_look: float = 0.03
    warp: float = 0.0
    threads: int = 2
    device: str = "auto"
    save_minutes: float = 4.0
    sheet_minutes: float = 8.0

    @staticmethod
    def read(path: Path) -> "TrainingConfig":
        return TrainingConfig(**tomllib.loads(path.read_text()))


def signed(x: torch.Tensor, device: str) -> torch.Tensor:
    """Bytes 0-255 -> [-1, 1], channels last."""
    return (x.to(device).float() / 127.5 - 1).to(memory_format=torch.channels_last)


# Half a grey level in [-1, 1]: smaller changes are rounding (and bfloat16 rounds at about this size), whose sign would only add noise.
QUIET = 0.5 / 127.5


def unpinned(_: int) -> None:
    """Lets a data worker run on any core, where its parent's threads are pinned to theirs (GOMP_CPU_AFFINITY)."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


class Trainer:
    def __init__(self, config: TrainingConfig) -> None:
        self.config = config
        self.device = ("cuda" if torch.cuda.is_available() else "cpu") if config.device == "auto" else config.device
        torch.manual_seed(config.seed)
        self.pack = Pack(Path(config.pack), config.size)
        look_length, sketch_channels = self.pack.looks.shape[1], config.generator.get("inputChannels", 1)
        self.tolerant = sketch_channels == 2
        shape = {"lookLength": look_length} if config.look_entry == "modulation" else {"inputChannels": sketch_channels + look_length}
        self.generator = Generator(GeneratorConfig(**{**config.generator, **shape})).to(self.device)
        self.tolerance_basis = torch.from_numpy(basis(self.pack.photos.shape[1])).to(self.device)
        self.average = Generator(self.generator.config).to(self.device)
        self.average.load_state_dict(self.generator.state_dict())
        self.discriminator = MultiScaleDiscriminator(config.scales, config.ndf).to(self.device)
        betas = (0.5, 0.999)
        self.optimizer_g = torch.optim.Adam(self.generator.parameters(), config.learning_rate, betas)
        self.optimizer_d = torch.optim.Adam(self.discriminator.parameters(), config.discriminator_learning_rate, betas)
        self.features = SqueezeNetFeatures(Path(config.perceptual_weights), config.perceptual_fires).to(self.device)
        self.step, self.elapsed_s = 0, 0.0
        self.folder = Path(config.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        if (self.folder / "last.pt").exists():
            self.load(self.folder / "last.pt")
        elif config.init:
            self.start_from(Path(config.init))

    # -- state -------------------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        state = {"config": self.generator.config.to_json(), "step": self.step, "elapsed_s": self.elapsed_s}
        for name in ("generator", "average", "discriminator", "optimizer_g", "optimizer_d"):
            state[name] = getattr(self, name).state_dict()
        torch.save(state, self.folder / "next.pt")
        os.replace(self.folder / "next.pt", self.folder / "last.pt")

    def load(self, path: Path) -> None:
        state = torch.load(path, map_location=self.device)
        for name in ("generator", "average", "discriminator", "optimizer_g", "optimizer_d"):
            getattr(self, name).load_state_dict(state[name])
        self.step, self.elapsed_s = state["step"], state["elapsed_s"]

    def start_from(self, path: Path) -> None:
        """The averaged generator of another run, and its discriminator where it has the same shape."""
        state = torch.load(path, map_location=self.device)
        weights = adapted(state["average"], self.generator.state_dict())
        self.generator.load_state_dict(weights)
        self.average.load_state_dict(weights)
        shapes = {k: v.shape for k, v in self.discriminator.state_dict().items()}
        if {k: v.shape for k, v in state["discriminator"].items()} == shapes:
            self.discriminator.load_state_dict(state["discriminator"])

    def inputs(self, drawn: torch.Tensor, look: torch.Tensor, tolerance: torch.Tensor) -> torch.Tensor:
        """What the generator sees beside the look: the sketch, and where it has them the tolerance map and the look as planes, in bfloat16."""
        planes = [drawn]
        if self.tolerant:
            planes.append(2 * torch.einsum("bp,phw->bhw", tolerance.to(self.device), self.tolerance_basis)[:, None] - 1)
        if self.config.look_entry == "channels":
            planes.append(look[:, :, None, None].expand(-1, -1, *drawn.shape[2:]))
        return torch.cat(planes, 1).to(torch.bfloat16, memory_format=torch.channels_last)

    # -- one step ----------------------------------------------------------------------------------------------------------------

    def train_step(self, batch: tuple[torch.Tensor, ...], edit: tuple[torch.Tensor, ...] | None = None) -> dict[str, float]:
        c, low = self.config, torch.bfloat16
        drawn, real = signed(batch[0], self.device), signed(batch[1], self.device)
        look, weight = batch[2].to(self.device), batch[3].to(self.device)
        fake = self.generator(self.inputs(drawn, look, batch[4]), look)
        with torch.no_grad():
            real_features = self.features(real.to(low))
        terms = {
            "l1": c.lambda_l1 * losses.weighted_l1(fake, real, weight),
            "perceptual": c.lambda_perceptual * losses.perceptual(self.features(fake.to(low)), real_features),
        }
        adversarial = self.step >= c.adversarial_from_step
        if adversarial:
            loss_d, judged_real = self.discriminator_step(drawn, real, fake.detach())
            self.discriminator.requires_grad_(False)
            judged = self.discriminator(drawn.to(low), fake.to(low))
            terms["adversarial"] = c.lambda_adversarial * losses.adversarial(judged, True, c.adversarial_form)
            terms["matching"] = c.lambda_feature_matching * losses.feature_matching(judged, judged_real)
            self.discriminator.requires_grad_(True)
        if edit is not None:
            terms["edit"] = c.lambda_edit * self.edit(edit)
        self.optimizer_g.zero_grad(set_to_none=True)
        torch.stack(list(terms.values())).sum().backward()
        self.optimizer_g.step()
        self.follow()
        self.step += 1
        return {k: float(v) for k, v in terms.items()} | ({"discriminator": loss_d} if adversarial else {})

    def edit(self, edit: tuple[torch.Tensor, ...]) -> torch.Tensor:
        """How far the change that an edit makes is from the change that it should make; every other step with the statistics of the face before held,
        which is what "Hold the rest" does, else plain."""
        look, weight = edit[2].to(self.device), edit[3].to(self.device)
        before, after = (self.inputs(signed(x, self.device), look, edit[4]) for x in edit[:2])
        wanted = signed(edit[6], self.device) - signed(edit[5], self.device)
        held = self.step % 2 == 1
        with held_statistics(self.generator) if held else nullcontext(lambda: None) as hold:
            with torch.no_grad():
                face = self.generator(before, look)
            hold()
            change = self.generator(after, look) - face
        return (((change - wanted).abs() - QUIET).clamp_min(0) * weight).sum() / (3 * weight.sum())

    def discriminator_step(self, drawn: torch.Tensor, real: torch.Tensor, fake: torch.Tensor) -> tuple[float, losses.Scales]:
        """One step of D. Also returns its layers on the real pair, which feature matching uses again: one pass less, one step old."""
        c, low = self.config, torch.bfloat16
        judged_real = self.discriminator(drawn.to(low), real.to(low))
        loss = losses.adversarial(judged_real, True, c.adversarial_form)
        loss = (loss + losses.adversarial(self.discriminator(drawn.to(low), fake.to(low)), False, c.adversarial_form)) / 2
        self.optimizer_d.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer_d.step()
        return float(loss), [[layer.detach() for layer in layers] for layers in judged_real]

    def follow(self) -> None:
        """The exponential moving average that is shipped; warm at first so that it does not remember the random start."""
        decay = min(self.config.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_mul_(list(self.average.parameters()), decay)
            torch._foreach_add_(list(self.average.parameters()), list(self.generator.parameters()), alpha=1 - decay)

    def set_learning_rates(self) -> float:
        c = self.config
        progress = min(1.0, self.step / c.steps if c.steps else self.elapsed_s / (60 * c.minutes))
        factor = 1.0 if progress < c.decay_from else max(0.0, (1 - progress) / (1 - c.decay_from))
        for optimizer, rate in ((self.optimizer_g, c.learning_rate), (self.optimizer_d, c.discriminator_learning_rate)):
            for group in optimizer.param_groups:
                group["lr"] = rate * max(0.02, factor)
        return factor

    # -- looking at it -----------------------------------------------------------------------------------------------------------

    def sheet(self) -> None:
        """Validation rows: sketch, face, photo; plain contours first, then hand-like ones."""
        size = self.pack.photos.shape[1]
        columns = []
        for n, i in enumerate(self.pack.validation[:16]):
            style = PLAIN if n % 2 == 0 else SketchStyle(move=0, drop_part=0, sparse=0)
            drawn = sketch(self.pack.landmarks[i], self.pack.outlines[i], size, style, np.random.default_rng(n))
            look = torch.from_numpy(self.pack.looks[i])[None].to(self.device)
            with torch.no_grad():
                face = self.average(self.inputs(signed(torch.from_numpy(drawn)[None, None], self.device), look, torch.zeros(1, 6)).float(), look)
            pixels = ((face[0].permute(1, 2, 0).cpu().numpy() + 1) * 127.5 + 0.5).clip(0, 255).astype(np.uint8)
            columns.append(np.concatenate([np.repeat(drawn[:, :, None], 3, 2), pixels, self.pack.photos[i]]))
        sheet = np.concatenate([np.concatenate(columns[:8], 1), np.concatenate(columns[8:], 1)])
        Image.fromarray(sheet).save(self.folder / f"sheet-{self.step:06d}.jpg", quality=88)

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """Errors of the averaged generator on plain contours of faces kept from training: l1 in [-1, 1], perceptual as in the loss."""
        size, sums = self.pack.photos.shape[1], np.zeros(2)
        for i in self.pack.validation:
            drawn = sketch(self.pack.landmarks[i], {}, size, PLAIN, np.random.default_rng(0))
            real = signed(torch.from_numpy(self.pack.photos[i].copy()).permute(2, 0, 1)[None], self.device)
            look = torch.from_numpy(self.pack.looks[i])[None].to(self.device)
            face = self.average(self.inputs(signed(torch.from_numpy(drawn)[None, None], self.device), look, torch.zeros(1, 6)), look)
            perceptual = losses.perceptual(self.features(face.to(torch.bfloat16)), self.features(real.to(torch.bfloat16)))
            sums += [float((face - real).abs().mean()), float(perceptual)]
        l1, perceptual = sums / max(1, len(self.pack.validation))
        return {"validationL1": round(float(l1), 4), "validationPerceptual": round(float(perceptual), 4)}

    # -- the run -----------------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        c = self.config
        dataset = SketchFaceDataset(self.pack, SketchStyle(**c.style), c.seed, self.step * c.batch, 10**8, c.look_dropout, c.no_look, c.warp, self.tolerant)
        loader = DataLoader(dataset, c.batch, num_workers=1, prefetch_factor=8, worker_init_fn=unpinned)
        edits = DataLoader(EditDataset(self.pack, c.seed, self.step, 10**8, self.tolerant), 1, num_workers=1, prefetch_factor=8, worker_init_fn=unpinned)
        sums: dict[str, float] = {}
        began, saved, sheeted, reported, counted = self.elapsed_s, self.elapsed_s, -1e9, time.time(), 0
        start = time.time()
        for batch, edit in zip(loader, edits if c.lambda_edit else itertools.repeat(None)):
            self.elapsed_s = began + time.time() - start
            factor = self.set_learning_rates()
            for name, value in self.train_step(batch, edit).items():
                sums[name] = sums.get(name, 0) + value
            counted += 1
            if time.time() - reported > 20:
                speed = counted * c.batch / (time.time() - reported)
                self.report({k: v / counted for k, v in sums.items()}, speed, factor)
                sums, counted, reported = {}, 0, time.time()
            if self.elapsed_s - saved > 60 * c.save_minutes:
                self.save()
                saved = self.elapsed_s
            if self.elapsed_s - sheeted > 60 * c.sheet_minutes:
                self.sheet()
                self.record_validation()
                sheeted = self.elapsed_s
            if self.step >= c.steps if c.steps else self.elapsed_s > 60 * c.minutes:
                break
        self.save()
        self.sheet()
        self.record_validation()

    def record_validation(self) -> None:
        row = {"step": self.step, "images": self.step * self.config.batch} | self.validate()
        path = self.folder / "validation.csv"
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.DictWriter(file, row)
            if new:
                writer.writeheader()
            writer.writerow(row)
        print(" ".join(f"{k}={v}" for k, v in row.items()), flush=True)

    def report(self, means: dict[str, float], images_per_s: float, factor: float) -> None:
        c = self.config
        left = (c.steps - self.step) * c.batch / images_per_s / 60 if c.steps else c.minutes - self.elapsed_s / 60
        row = {"step": self.step, "images": self.step * self.config.batch, "minutes": round(self.elapsed_s / 60, 2),
               "imagesPerSecond": round(images_per_s, 2), "rate": round(factor, 3)}
        row |= {k: round(means.get(k, float("nan")), 4) for k in ("l1", "perceptual", "matching", "adversarial", "discriminator", "edit")}
        path = self.folder / "log.csv"
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.DictWriter(file, row)
            if new:
                writer.writeheader()
            writer.writerow(row)
        print(" ".join(f"{k}={v}" for k, v in row.items()), f"left={left:.0f}min", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=["sketch_face"])
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="override the time budget")
    arguments = parser.parse_args()
    values = tomllib.loads(arguments.config.read_text())
    if arguments.minutes:
        values["minutes"] = arguments.minutes
    config = TrainingConfig(**values)
    torch.set_num_threads(config.threads)
    Trainer(config).run()


if __name__ == "__main__":
    main()
