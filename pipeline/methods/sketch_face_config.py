"""The configuration of training sketch -> face: the fields of its TOML files."""

from __future__ import annotations

from dataclasses import dataclass, field

CHOICES = {
    "phase": ("g1", "g2", "joint"),
    "adversarial_form": ("leastSquares", "log"),
    "loss_weights": ("mean", "pix2pixHD"),
    "look_entry": ("modulation", "channels"),
}


@dataclass(frozen=True)
class SketchFaceConfig:
    pack: str
    perceptual_weights: str  # SqueezeNet 1.1 (a folder of .npy) or VGG19 (torchvision's .pth)
    size: int = 0  # of the pictures; 0 = the pack's own
    phase: str = "joint"  # "g1": a generator without local enhancer; "g2": the enhancer alone, G1 frozen; "joint": all there is
    look_entry: str = "modulation"  # or "channels": the look as constant input planes (kept for comparison; the studio knows modulation only)
    generator_family: str = "pix2pixHd"
    generator: dict = field(default_factory=dict)
    style: dict = field(default_factory=dict)
    mixture: dict = field(default_factory=dict)  # of the kinds of pairs (pairs.Mixture)
    pairs: int = 3  # a step and process
    judged_pictures: int = 2  # of a step, by the discriminators
    learning_rate: float = 2e-4
    discriminator_learning_rate: float = 2e-4
    # The embedded look is large: a step of one size would move what it modulates much further than the rest.
    look_rate: float = 0.15
    beta1: float = 0.9
    scales: int = 2
    ndf: int = 32
    adversarial_from_step: int = 3000
    adversarial_form: str = "leastSquares"
    loss_weights: str = "mean"  # or "pix2pixHD": sums where its code has sums, every pixel of every feature
    lambda_l1: float = 10.0
    lambda_perceptual: float = 10.0
    lambda_feature_matching: float = 10.0
    lambda_adversarial: float = 1.0
    lambda_colours: float = 0.0  # the mean colours of hair, skin, irises and the other regions
    lambda_follow: float = 4.0  # the generated change against the true one inside the part, relative to it
    lambda_stay: float = 15.0  # change outside
    lambda_landmarks: float = 6.0  # with a reader: where it sees the landmarks of generated faces against where they are drawn
    reader: str = ""  # a checkpoint of method face_reader
    lambda_close_ups: float = 0.0  # of the adversarial, matching and perceptual losses on close-ups of mouths and eyes, in terms of those on whole pictures
    perceptual_fires: int = 6
    look_dropout: float = 0.1
    no_look: float = 0.03

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {getattr(self, name)!r}.")
        if self.phase == "g1" and self.generator.get("localEnhancer"):
            raise ValueError('phase = "g1" trains a generator without localEnhancer; leave it out here and add it in the next phase.')
        if self.phase == "g2" and not self.generator.get("localEnhancer"):
            raise ValueError('phase = "g2" needs [generator.localEnhancer] and init = a checkpoint of phase "g1".')

    @property
    def needs_init(self) -> bool:
        return self.phase == "g2"


def generator_fields(config: SketchFaceConfig, look_length: int) -> dict:
    """The look enters by modulation, or as so many more constant input planes."""
    channels = config.generator.get("inputChannels", 1)
    return config.generator | ({"lookLength": look_length} if config.look_entry == "modulation" else {"inputChannels": channels + look_length})
