"""The networks of one run, their optimisers, and one step of both: discriminator, then generator (Wang et al. 2018, section 3; thesis, section 2)."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import torch

from .. import losses
from ..checkpoints import read_state
from ..data import Item, Pack
from ..networks.patch_gan import MultiScaleDiscriminator, PatchGanConfig
from ..networks.pix2pix_hd import Generator, GeneratorConfig, held_statistics
from ..perceptual import fixed_features
from ..tolerance import basis, trusted
from .batches import signed
from .config import TrainingConfig
from .precision import activations_dtype, loss_scaler
from .processes import Processes
from .state import random_state, restore_random_state, warm_start, write_whole

# Half a grey level in [-1, 1]: smaller changes are rounding (and bfloat16 rounds at about this size), whose sign would only add noise.
QUIET = 0.5 / 127.5
BETAS = (0.5, 0.999)
LEAST_RATE = 0.02
# What a checkpoint holds of the networks; each has a state_dict.
WEIGHTS = ("generator", "average", "discriminator")
OPTIMISATION = ("optimizer_g", "optimizer_d", "scaler_g", "scaler_d")


def generator_config(config: TrainingConfig, look_length: int) -> GeneratorConfig:
    """The look enters by modulation, or as so many more constant input planes."""
    channels = config.generator.get("inputChannels", 1)
    shape = {"lookLength": look_length} if config.look_entry == "modulation" else {"inputChannels": channels + look_length}
    return GeneratorConfig(**{**config.generator, **shape})


class Trainer:
    def __init__(self, config: TrainingConfig, processes: Processes, pack: Pack) -> None:
        self.config, self.processes, self.device = config, processes, processes.device
        self.low = activations_dtype(config.precision, self.device)
        self.size = pack.photos.shape[1]
        self.tolerance_basis = torch.from_numpy(basis(self.size)).to(self.device)
        self.tolerant = config.generator.get("inputChannels", 1) == 2
        torch.manual_seed(config.seed)
        self.generator = self.placed(Generator(generator_config(config, pack.looks.shape[1])))
        self.average = self.placed(Generator(self.generator.config))
        self.average.load_state_dict(self.generator.state_dict())
        self.discriminator = self.placed(MultiScaleDiscriminator(PatchGanConfig(config.scales, config.ndf)))
        if config.phase == "g2":
            for name, value in self.generator.named_parameters():
                value.requires_grad_(name.startswith("enhancer."))
        self.trained = [name for name, value in self.generator.named_parameters() if value.requires_grad]
        self.optimizer_g = torch.optim.Adam(self.trained_of(self.generator), config.learning_rate, BETAS)
        self.optimizer_d = torch.optim.Adam(self.discriminator.parameters(), config.discriminator_learning_rate, BETAS)
        self.scaler_g, self.scaler_d = loss_scaler(self.low), loss_scaler(self.low)
        self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_fires).to(self.device)
        self.step, self.images, self.edits, self.elapsed_s = 0, 0, 0, 0.0
        self.folder = Path(config.run)
        self.resume_or_start()
        # Last, since these copy the first process's weights to the others.
        self.parallel_generator, self.parallel_discriminator = processes.parallel(self.generator), processes.parallel(self.discriminator)

    def placed(self, network: torch.nn.Module) -> torch.nn.Module:
        """On the device; on a GPU with kernels in channels-last as well."""
        return network.to(self.device, memory_format=torch.channels_last) if self.device.type == "cuda" else network.to(self.device)

    def trained_of(self, generator: Generator) -> list[torch.nn.Parameter]:
        values = dict(generator.named_parameters())
        return [values[name] for name in self.trained]

    # -- state -------------------------------------------------------------------------------------------------------------------

    def resume_or_start(self) -> None:
        last = self.folder / "last.pt"
        if last.exists():
            self.load(read_state(last, str(self.device)))
        elif self.config.init:
            anew = warm_start(read_state(Path(self.config.init), str(self.device)), self.generator, self.average, self.discriminator)
            frozen = set(anew) - set(self.trained)
            if frozen:
                raise ValueError(f"{self.config.init} lacks what this phase freezes: {', '.join(sorted(frozen)[:3])}.")
        if len(set(self.processes.gathered((self.step, self.images)))) > 1:
            raise ValueError(f"The processes found different checkpoints in {self.folder}: it must be one folder that all machines share.")

    def save(self) -> None:
        """By all processes together; the first one writes."""
        randoms = self.processes.gathered(random_state())
        if not self.processes.is_first:
            return
        state = {"config": self.generator.config.to_json(), "size": self.size, "step": self.step, "images": self.images, "edits": self.edits,
                 "elapsed_s": self.elapsed_s, "phase": self.config.phase, "random": randoms}
        write_whole(state | {name: getattr(self, name).state_dict() for name in (*WEIGHTS, *OPTIMISATION)}, self.folder / "last.pt")

    def load(self, state: dict) -> None:
        """Goes on from a checkpoint of this run. Older ones lack counts, scalers and random states: those begin as they always did."""
        for name in WEIGHTS:
            getattr(self, name).load_state_dict(state[name])
        for name in OPTIMISATION:
            if state.get(name):
                getattr(self, name).load_state_dict(state[name])
        self.step, self.elapsed_s = state["step"], state["elapsed_s"]
        self.images = state.get("images", self.step * self.config.batch)
        self.edits = state.get("edits", self.step)
        if len(state.get("random", [])) == self.processes.count:
            restore_random_state(state["random"][self.processes.rank])

    # -- one step ----------------------------------------------------------------------------------------------------------------

    def inputs(self, drawn: torch.Tensor, look: torch.Tensor, tolerance: torch.Tensor) -> torch.Tensor:
        """What the generator sees beside the look: the sketch, and where it has them its trusted lines and the look as planes, in low precision."""
        planes = [drawn]
        if self.tolerant:
            planes.append(trusted(drawn, torch.einsum("bp,phw->bhw", tolerance.to(self.device), self.tolerance_basis)[:, None]))
        if self.config.look_entry == "channels":
            planes.append(look[:, :, None, None].expand(-1, -1, *drawn.shape[2:]))
        return torch.cat(planes, 1).to(self.low, memory_format=torch.channels_last)

    def train_step(self, batch: Item, edit: Item | None = None) -> dict[str, torch.Tensor]:
        """Batches as `data.py` makes them -> the losses, detached, on the device."""
        drawn, real = signed(batch["sketch"], self.device), signed(batch["photo"], self.device)
        look, weight = batch["look"].to(self.device), batch["weight"].to(self.device)
        fake = self.parallel_generator(self.inputs(drawn, look, batch["tolerance"]), look)
        terms = self.picture_terms(fake, real, weight)
        loss_d = None
        if self.step >= self.config.adversarial_from_step:
            loss_d, judged_real = self.discriminator_step(drawn, real, fake.detach())
            terms |= self.adversarial_terms(drawn, fake, judged_real)
        if edit is not None:
            terms["edit"] = self.config.lambda_edit * self.edit(edit)
            self.edits += len(edit["before"]) * self.processes.count
        self.optimise(torch.stack(list(terms.values())).sum(), self.optimizer_g, self.scaler_g)
        self.follow()
        self.step += 1
        self.images += len(drawn) * self.processes.count
        found = {name: term.detach() for name, term in terms.items()}
        return found if loss_d is None else found | {"discriminator": loss_d}

    @staticmethod
    def optimise(loss: torch.Tensor, optimizer: torch.optim.Optimizer, scaler: torch.cuda.amp.GradScaler) -> None:
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()

    def picture_terms(self, fake: torch.Tensor, real: torch.Tensor, weight: torch.Tensor) -> dict[str, torch.Tensor]:
        c = self.config
        with torch.no_grad():
            real_features = self.features(real.to(self.low))
        return {"l1": c.lambda_l1 * losses.weighted_l1(fake, real, weight),
                "perceptual": c.lambda_perceptual * losses.perceptual(self.features(fake.to(self.low)), real_features, self.features.weights, self.most)}

    @property
    def most(self) -> int:
        """Widest feature map that a loss looks at in full; 0: all of them."""
        return 0 if self.config.loss_weights == "pix2pixHD" else 64

    def judged(self, outputs: losses.Scales, real: bool) -> torch.Tensor:
        return losses.adversarial(outputs, real, self.config.adversarial_form, summed=self.config.loss_weights == "pix2pixHD")

    def adversarial_terms(self, drawn: torch.Tensor, fake: torch.Tensor, judged_real: losses.Scales) -> dict[str, torch.Tensor]:
        c = self.config
        # The bare network with its parameters fixed: the generator's gradient passes through and leaves nothing there.
        self.discriminator.requires_grad_(False)
        outputs = self.discriminator(drawn.to(self.low), fake.to(self.low))
        self.discriminator.requires_grad_(True)
        return {"adversarial": c.lambda_adversarial * self.judged(outputs, True),
                "matching": c.lambda_feature_matching * losses.feature_matching(outputs, judged_real, c.loss_weights, self.most)}

    def discriminator_step(self, drawn: torch.Tensor, real: torch.Tensor, fake: torch.Tensor) -> tuple[torch.Tensor, losses.Scales]:
        """One step of D. Also returns its layers on the real pair, which feature matching uses again: one pass less, one step old."""
        sketch = drawn.to(self.low)
        judged_real = self.parallel_discriminator(sketch, real.to(self.low))
        loss = (self.judged(judged_real, True) + self.judged(self.parallel_discriminator(sketch, fake.to(self.low)), False)) / 2
        self.optimise(loss, self.optimizer_d, self.scaler_d)
        return loss.detach(), [[layer.detach() for layer in layers] for layers in judged_real]

    def edit(self, edit: Item) -> torch.Tensor:
        """How far the change that an edit makes is from the change that it should make; every other step with the statistics of the face before held,
        which is what "Hold the rest" does, else plain."""
        look, weight = edit["look"].to(self.device), edit["weight"].to(self.device)
        before, after = (self.inputs(signed(edit[name], self.device), look, edit["tolerance"]) for name in ("before", "after"))
        wanted = signed(edit["photoAfter"], self.device) - signed(edit["photoBefore"], self.device)
        with held_statistics(self.generator) if self.step % 2 else nullcontext(lambda: None) as hold:
            with torch.no_grad():
                face = self.generator(before, look)
            hold()
            change = self.generator(after, look) - face
        return losses.weighted_mean(((change - wanted).abs() - QUIET).clamp_min(0), weight)

    def follow(self) -> None:
        """The exponential moving average that is shipped; warm at first so that it does not remember the random start."""
        decay = min(self.config.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            average = self.trained_of(self.average)
            torch._foreach_mul_(average, decay)
            torch._foreach_add_(average, self.trained_of(self.generator), alpha=1 - decay)

    def set_learning_rates(self) -> float:
        """Full, then falling to nearly zero over the last part of the run, counted in steps or in time."""
        c = self.config
        progress = min(1.0, self.step / c.steps if c.steps else self.elapsed_s / (60 * c.minutes))
        factor = 1.0 if progress < c.decay_from else max(0.0, (1 - progress) / (1 - c.decay_from))
        for optimizer, rate in ((self.optimizer_g, c.learning_rate), (self.optimizer_d, c.discriminator_learning_rate)):
            for group in optimizer.param_groups:
                group["lr"] = rate * max(LEAST_RATE, factor) * min(1.0, (self.step + 1) / max(1, c.warmup_steps))
        return factor

    @property
    def is_finished(self) -> bool:
        c = self.config
        return self.step >= c.steps if c.steps else self.elapsed_s >= 60 * c.minutes
