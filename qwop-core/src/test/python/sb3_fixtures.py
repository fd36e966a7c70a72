"""Writes one update each of stable-baselines3's DQN, PPO and A2C and of sb3-contrib's QR-DQN as JSON.

The tests Sb3DqnTest and Sb3PpoTest repeat these updates with our learners. To write the files anew:

    pip install stable-baselines3==2.2.1 sb3-contrib==2.1.0
    python qwop-core/src/test/python/sb3_fixtures.py qwop-core/src/test/resources/sb3

Play, buffers, loss and optimiser are the libraries' own. The task is made up: random numbers, in episodes that are
now ended, now cut off. A batch of DQN and QR-DQN is the whole buffer, and the policy that PPO learns is moved away
from the one that played, so that ratios are clipped. Some updates go ahead, so that the optimiser has a past and its
step tells how large the gradient is.

A file has the settings that differ from the library's defaults and what was played; parameters and the optimiser's
moments between play and update; parameters after it and what was logged. Tensors have the library's names and are
written row by row.
"""
import json
import pathlib
import sys

import gymnasium
import numpy
import sb3_contrib
import stable_baselines3
import torch
from stable_baselines3.common.buffers import ReplayBuffer
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.vec_env import DummyVecEnv, VecEnvWrapper

OBSERVATION_SIZE = 4
ACTIONS = 3
TRANSITIONS = 8
NET_ARCH = [5, 4]
EARLIER_UPDATES = 6


class Noise(gymnasium.Env):
    """Random observations and rewards, of few digits."""

    observation_space = gymnasium.spaces.Box(-numpy.inf, numpy.inf, (OBSERVATION_SIZE,), numpy.float32)
    action_space = gymnasium.spaces.Discrete(ACTIONS)

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)

    def observation(self):
        return self.random.normal(size=OBSERVATION_SIZE).round(2).astype(numpy.float32)

    def reset(self, *, seed=None, options=None):
        return self.observation(), {}

    def step(self, action):
        end = self.random.random()
        return self.observation(), round(self.random.normal(scale=1.5), 2), end < 0.2, 0.2 <= end < 0.4, {}


class Recorder(VecEnvWrapper):
    """Notes what is played."""

    def reset(self):
        self.seen = self.venv.reset()
        self.begin()
        return self.seen

    def begin(self):
        self.first = short(self.seen)
        self.steps = []

    def step_async(self, actions):
        self.actions = actions.tolist()
        self.venv.step_async(actions)

    def step_wait(self):
        self.seen, rewards, dones, infos = self.venv.step_wait()
        cut = [bool(info["TimeLimit.truncated"]) for info in infos]
        self.steps.append(
            {
                "actions": self.actions,
                "rewards": short(rewards),
                "terminated": [bool(done and not t) for done, t in zip(dones, cut)],
                "truncated": cut,
                "observations": short(self.seen),
                "finalObservations": [short(i["terminal_observation"]) if d else None for d, i in zip(dones, infos)],
            }
        )
        return self.seen, rewards, dones, infos


class WholeBuffer(ReplayBuffer):
    """A batch of every transition once."""

    def sample(self, batch_size, env=None):
        assert batch_size == self.size()
        return self._get_samples(numpy.arange(batch_size), env)


class BeforeUpdate(BaseCallback):
    """Notes the learner between play and update, and first moves it if another policy is to learn than played."""

    def __init__(self, moved):
        super().__init__()
        self.moved = moved

    def _on_step(self):
        return True

    def _on_rollout_end(self):
        self.played = parameters(self.model)
        if self.moved:
            for tensor in self.model.policy.parameters():
                tensor.data += self.moved * torch.randn_like(tensor)
                shorten(tensor)
        self.before = parameters(self.model)
        self.moments = {key: {name: flat(m) for name, m in of.items()} for key, of in moments(self.model).items()}
        self.squares = []
        self.hooks = [p.register_hook(self.add) for p in self.model.policy.parameters()]

    def add(self, gradient):
        self.squares.append(gradient.double().square().sum().item())

    def norm(self):
        """Of the gradient, before its limit."""
        for hook in self.hooks:
            hook.remove()
        return sum(self.squares) ** 0.5


def short(array):
    """Each value as the shortest decimal that single precision reads back."""
    return [float(str(value)) if numpy.isscalar(value) else short(value) for value in array]


def flat(tensor):
    return short(tensor.detach().numpy().ravel())


def shorten(tensor):
    """Keeps four digits of each value, so that the files stay short."""
    with torch.no_grad():
        tensor.copy_(torch.tensor([float(f"{value:.4g}") for value in flat(tensor)]).reshape(tensor.shape))


def parameters(model):
    return {name: flat(tensor) for name, tensor in model.policy.state_dict().items()}


def moments(model):
    """Tensors by the parameter's name, by the moment's."""
    moments = {}
    for name, parameter in model.policy.named_parameters():
        for key, moment in model.policy.optimizer.state.get(parameter, {}).items():
            if key != "step":
                moments.setdefault(key, {})[name] = moment
    return moments


def write(value, indent=""):
    """JSON with a line for each list and for each step."""
    if not isinstance(value, dict):
        return json.dumps(value)
    inner = indent + "  "
    entries = []
    for key, of in value.items():
        if key == "steps":
            entries.append(f'"{key}": [\n{inner}  ' + f",\n{inner}  ".join(json.dumps(s) for s in of) + f"\n{inner}]")
        else:
            entries.append(f'"{key}": {write(of, inner)}')
    return "{\n" + ",\n".join(inner + entry for entry in entries) + "\n" + indent + "}"


def record(folder, name, algorithm, envs, seed, settings, network, moved=0.0, **arguments):
    env = Recorder(DummyVecEnv([lambda e=e: Noise([seed, e]) for e in range(envs)]))
    policy = {"net_arch": NET_ARCH, **network}
    model = algorithm("MlpPolicy", env, seed=seed, device="cpu", policy_kwargs=policy, **settings, **arguments)
    model.learn(EARLIER_UPDATES * TRANSITIONS)
    for tensor in [*model.policy.parameters(), *(m for of in moments(model).values() for m in of.values())]:
        shorten(tensor)
    env.begin()
    update = BeforeUpdate(moved)
    model.learn(TRANSITIONS, callback=update, reset_num_timesteps=False)
    norm = update.norm()
    assert model._n_updates == EARLIER_UPDATES + 1
    for end in "terminated", "truncated":
        assert any(any(step[end]) for step in env.steps), f"nothing is {end}: take another seed"
    versions = stable_baselines3.__version__, sb3_contrib.__version__, torch.__version__
    fixture = {
        "library": "stable-baselines3 {}, sb3-contrib {}, PyTorch {}".format(*versions),
        "settings": {**settings, **network, "net_arch": ",".join(map(str, NET_ARCH))},
        "first": env.first,
        "steps": env.steps,
        "played": update.played,
        "before": update.before,
        "updates": EARLIER_UPDATES,
        "moments": update.moments,
        "after": {key: values for key, values in parameters(model).items() if "target" not in key},
        "logged": {key: float(value) for key, value in model.logger.name_to_value.items() if key.startswith("train/")},
        "gradientNorm": norm,
    }
    if not moved:
        del fixture["played"]
    (folder / f"{name}.json").write_text(write(fixture) + "\n", encoding="utf-8")
    print(f"{name}: gradient norm {norm:.4g}, {fixture['logged']}")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    off_policy = {
        "learning_rate": 0.01,
        "buffer_size": TRANSITIONS,
        "learning_starts": 0,
        "batch_size": TRANSITIONS,
        "train_freq": TRANSITIONS,
        "gamma": 0.9,
        "exploration_final_eps": 1.0,
    }
    whole = {"replay_buffer_class": WholeBuffer}
    limited = {**off_policy, "max_grad_norm": 0.01}
    record(folder, "dqn", stable_baselines3.DQN, 1, 35, limited, {}, **whole)
    record(folder, "qr-dqn", sb3_contrib.QRDQN, 1, 35, off_policy, {"n_quantiles": 5}, **whole)
    on_policy = {"learning_rate": 0.01, "n_steps": TRANSITIONS // 2, "gamma": 0.9, "ent_coef": 0.02, "vf_coef": 0.7}
    clipped = {
        "batch_size": TRANSITIONS,
        "n_epochs": 1,
        "gae_lambda": 0.8,
        "clip_range": 0.1,
        "clip_range_vf": 0.2,
        "max_grad_norm": 0.3,
    }
    record(folder, "ppo", stable_baselines3.PPO, 2, 12, {**on_policy, **clipped}, {}, moved=0.2)
    record(folder, "a2c", stable_baselines3.A2C, 2, 12, on_policy, {})


main()
