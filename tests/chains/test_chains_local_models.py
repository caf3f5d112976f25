"""GPT-2, T5 and BART from a folder: tiny ones with random weights, made here, loaded by the real code."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from chains.local.factory import Continuer, Shortener, Talker, Writer, load
from errors import ModelError
from tests.chains.local_service import served

torch = pytest.importorskip("torch", reason="the extra `local` is not installed")
transformers = pytest.importorskip("transformers", reason="the extra `local` is not installed")

TEXT = "Moved 14 services to Kubernetes. Built a billing API in Python. Reduced cloud cost by 18%."
SPECIAL = ["<pad>", "<s>", "</s>", "<unk>"]
PAD, BEGIN, END = 0, 1, 2


def tokenizer(chat: bool = False) -> Any:
    """Of the pieces of `TEXT` and single bytes."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        [TEXT], trainers.BpeTrainer(vocab_size=400, special_tokens=SPECIAL, initial_alphabet=alphabet)
    )
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    )
    if chat:
        fast.chat_template = (
            "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
        )
    return fast


def tiny(kind: str, vocabulary: int) -> Any:
    ends = {"pad_token_id": PAD, "bos_token_id": BEGIN, "eos_token_id": END}
    if kind in ("gpt2", "chat"):
        config = transformers.GPT2Config(
            vocab_size=vocabulary, n_layer=2, n_head=2, n_embd=32, n_positions=64, **ends
        )
        return transformers.GPT2LMHeadModel(config)
    if kind == "t5":
        config = transformers.T5Config(
            vocab_size=vocabulary, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=2,
            decoder_start_token_id=PAD, n_positions=64, **ends,
        )  # fmt: skip
        return transformers.T5ForConditionalGeneration(config)
    config = transformers.BartConfig(
        vocab_size=vocabulary, d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=64,
        decoder_start_token_id=END, forced_eos_token_id=END, **ends,
    )  # fmt: skip
    return transformers.BartForConditionalGeneration(config)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for kind in ("gpt2", "t5", "bart", "chat"):
        torch.manual_seed(7)
        folder = tmp_path_factory.mktemp("models") / f"tiny-{kind}"
        words = tokenizer(chat=kind == "chat")
        tiny(kind, len(words)).save_pretrained(folder)
        words.save_pretrained(folder)
        made[kind] = folder
    return made


def written(writer: Writer, text: str = TEXT, most: int = 12, **wishes: Any) -> tuple[str, str]:
    stopped = wishes.pop("stopped", threading.Event())
    pairs = list(writer.write([("system", "Be brief."), ("user", text)], most, 0.0, 20.0, stopped, **wishes))
    return "".join(piece for piece, _ in pairs), pairs[-1][1]


@pytest.mark.parametrize(
    ("kind", "class_", "model", "writes"),
    [
        ("gpt2", Continuer, "GPT2LMHeadModel", "prose"),
        ("t5", Shortener, "T5ForConditionalGeneration", "prose"),
        ("bart", Shortener, "BartForConditionalGeneration", "prose"),
        ("chat", Talker, "GPT2LMHeadModel", "lines"),
    ],
)
def test_the_folder_says_which_class_reads_it(
    folders: dict[str, Path], kind: str, class_: type[Writer], model: str, writes: str
) -> None:
    writer = load(folders[kind])
    assert type(writer) is class_
    assert type(writer._model).__name__ == model
    assert (writer.name, writer.context, writer.writes) == (f"tiny-{kind}", 64, writes)


@pytest.mark.parametrize("kind", ["gpt2", "t5", "bart"])
def test_each_writes_a_bounded_text_and_the_same_again(folders: dict[str, Path], kind: str) -> None:
    writer = load(folders[kind])
    text, reason = written(writer)
    assert reason in ("stop", "length")
    assert len(text) <= 12 * max(map(len, writer._tokenizer.get_vocab()))
    assert (text, reason) == written(writer)


@pytest.mark.parametrize("kind", ["gpt2", "t5", "bart"])
def test_a_text_longer_than_fits_is_cut_before_it_is_read(folders: dict[str, Path], kind: str) -> None:
    writer = load(folders[kind])
    inputs = writer.prompt([("user", TEXT * 50)], 12)
    assert inputs["input_ids"].shape[1] <= 64
    assert written(writer, TEXT * 50)[1] in ("stop", "length")


def test_gpt2_is_cued_after_the_text_and_t5_before_it(folders: dict[str, Path]) -> None:
    for kind in ("gpt2", "t5", "bart"):
        writer = load(folders[kind])
        given = writer._tokenizer.decode(writer.prompt([("user", "Moved it.")], 12)["input_ids"][0])
        assert {"gpt2": "Moved it.\nTL;DR:", "t5": "summarize: Moved it.", "bart": "Moved it."}[kind] == (
            given.replace("</s>", "").replace("<s>", "").strip()
        )


def test_a_chat_model_sees_the_whole_chat_and_refuses_what_does_not_fit(folders: dict[str, Path]) -> None:
    writer = load(folders["chat"])
    given = writer._tokenizer.decode(
        writer.prompt([("system", "Be brief."), ("user", "Hi")], 4)["input_ids"][0]
    )
    assert given == "system: Be brief.\nuser: Hi\nassistant: "
    with pytest.raises(ModelError, match="longer than the model takes"):
        writer.prompt([("user", TEXT * 50)], 12)


def test_stopping_ends_a_text_early(folders: dict[str, Path]) -> None:
    writer = load(folders["gpt2"])
    stopped = threading.Event()
    stopped.set()
    text, reason = written(writer, most=40, stopped=stopped)
    assert writer.count(text) <= 2
    assert reason == "length"


@pytest.mark.parametrize("kind", ["gpt2", "t5", "bart"])
def test_the_app_reads_it_through_the_protocol(folders: dict[str, Path], kind: str) -> None:
    from pydantic import SecretStr

    from chains import list_models
    from chains.calling import Exchange, Finish, Use
    from settings import Environment, Settings

    with served(load(folders[kind]), key="k") as url:
        config = Settings(environment=Environment.TEST, model_server_url=url, model_server_key=SecretStr("k"))
        offer = next(s for s in list_models(config) if s.source == "openai-compatible")
        assert [(m.name, m.context, m.writes) for m in offer.models] == [(f"tiny-{kind}", 64, "prose")]
        exchange = Exchange(config, Use(temperature=0.0, most_tokens=12))
        exchange.find_model()
        *_, finish = exchange.stream((("human", TEXT),))
    assert isinstance(finish, Finish)
    assert finish.tokens is not None
    assert finish.reason in ("stop", "length")


# --- what cannot be loaded ---------------------------------------------------------------------------


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model in"):
        load(tmp_path)


@pytest.mark.parametrize("lost", ["model.safetensors", "tokenizer.json"])
def test_a_folder_that_lacks_a_part_says_what_belongs_in_it(
    folders: dict[str, Path], tmp_path: Path, lost: str
) -> None:
    for file in folders["gpt2"].iterdir():
        if file.name != lost:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with pytest.raises(ModelError, match="cannot be loaded") as failure:
        load(tmp_path)
    assert "model.safetensors" in failure.value.advice


@pytest.mark.parametrize("content", ["", "{", '{"model_type": "no-such-thing"}', "[]"])
def test_a_config_of_something_else_is_no_model(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(tmp_path)


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chains.local", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("There is no model in")
    assert len(done.stderr.splitlines()) == 1
