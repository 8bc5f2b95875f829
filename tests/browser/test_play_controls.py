"""The playground's controls: training, settings, and what they do at once."""

from __future__ import annotations

from browser.playing import epoch, loss_text, wait_for_epoch, wait_until


def test_training_never_starts_by_itself_and_runs_and_pauses(play):
    page, _ = play()
    page.wait_for_timeout(300)
    assert epoch(page) == 0
    page.get_by_role("button", name="Run", exact=True).click()
    wait_for_epoch(page, lambda now: now > 3)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("button", name="Run", exact=True).wait_for()
    page.wait_for_timeout(300)
    paused = epoch(page)
    page.wait_for_timeout(300)
    assert epoch(page) == paused


def test_steps_reset_and_new_start(play):
    page, told = play("#v=1&initializer=large&learning_rate=1")
    first = loss_text(page)
    page.get_by_role("button", name="+1 Batch").click()
    wait_until(page, lambda: loss_text(page) != first, "another loss")
    assert epoch(page) == 0
    page.get_by_role("button", name="+1 Epoch").click()
    wait_for_epoch(page, lambda now: now >= 1)
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_for_epoch(page, lambda now: now == 0)
    wait_until(page, lambda: loss_text(page) == first, "the first loss")
    page.get_by_role("button", name="New start").click()
    seed = told.wait_for(page, lambda state: state["networks"][0]["seed"] != 0)["networks"][0]["seed"]
    assert f"seed={seed}" in page.url
    wait_until(page, lambda: loss_text(page) != first, "another loss")


def test_speed_bounds_the_epochs_a_second(play):
    page, told = play()
    page.get_by_role("slider", name="Speed").fill("1")
    page.get_by_text("2 epochs a second").wait_for()
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_timeout(1_600)
    assert 1 <= epoch(page) <= 6
    assert {"type": "speed", "epochs_per_second": 2} in told.messages


def test_settings_reach_the_engine_without_a_reset(play):
    page, told = play()
    page.get_by_role("button", name="+1 Epoch").click()
    wait_for_epoch(page, lambda now: now == 1)
    chosen = {
        "Learning rate": ("0.3", "learning_rate", 0.3),
        "Regularization": ("l2", "penalty", "l2"),
        "Its rate": ("0.01", "penalty_rate", 0.01),
        "Activation": ("relu", "layers", [{"units": 4, "activation": "relu"}, {"units": 2, "activation": "relu"}]),
    }
    page.get_by_text("More settings").click()
    chosen |= {
        "Optimizer": ("momentum", "optimizer", "momentum"),
        "Momentum": ("0.8", "momentum", 0.8),
        "Schedule": ("cosine", "schedule", "cosine"),
        "Its epochs": ("30", "schedule_epochs", 30),
        "Clip gradients": ("1", "clip_norm", 1),
        "Loss": ("squared", "loss", "squared"),
        "Preparation": ("whiten", "preparation", "whiten"),
        "Dropout": ("0.2", "dropout", 0.2),
        "Input noise": ("0.1", "input_noise", 0.1),
        "Weight noise": ("0.01", "weight_noise", 0.01),
        "Early stopping": ("20", "patience", 20),
    }
    for name, (option, field, value) in chosen.items():
        page.get_by_label(name, exact=True).select_option(option)
        told.wait_for(page, lambda state, field=field, value=value: state["networks"][0][field] == value)
    assert epoch(page) == 1
    assert not any(message.get("reset") for message in told.messages)
    page.get_by_label("First weights", exact=True).select_option("zeros")
    told.wait_for(page, lambda state: state["networks"][0]["initializer"] == "zeros")
    page.get_by_role("alert").wait_for(state="detached")


def test_any_number_can_be_typed_and_what_cannot_be_is_put_right(play):
    page, told = play()
    page.get_by_label("Learning rate", exact=True).select_option("other")
    page.get_by_label("Learning rate, typed").fill("0,07")
    page.keyboard.press("Enter")
    told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] == 0.07)
    page.get_by_label("Learning rate", exact=True).select_option("other")
    page.get_by_label("Learning rate, typed").fill("5000")
    page.keyboard.press("Enter")
    page.get_by_text("Learning rate: 5000 is not possible; it is now 1000.").wait_for()
    told.wait_for(page, lambda state: state["networks"][0]["learning_rate"] == 1000)


def test_a_training_that_diverges_says_where(play):
    page, _ = play("#v=1&problem=regression&data=plane&loss=squared&layers=8relu&learning_rate=30")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("alert").filter(has_text="Training diverged.").wait_for()
    page.get_by_role("button", name="Reset", exact=True).click()
    page.get_by_role("alert").wait_for(state="detached")


def test_the_keyboard_alone_trains_and_reads_help(play):
    page, _ = play()
    run = page.get_by_role("button", name="Run", exact=True)
    page.get_by_role("button", name="Reset", exact=True).focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert run.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    wait_for_epoch(page, lambda now: now > 0)
    page.keyboard.press("Enter")
    run.wait_for()
    page.keyboard.press("Tab")  # the tool bar is one stop
    assert page.evaluate("document.activeElement.id") == "speed" or page.evaluate(
        "document.activeElement.closest('.field') !== null"
    )
    help_button = page.get_by_role("button", name="What is this: Learning rate")
    help_button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("How far a step moves the weights").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("How far a step moves the weights").wait_for(state="detached")


def test_the_state_of_training_is_said_when_it_pauses(play):
    page, _ = play()
    page.get_by_role("button", name="+1 Epoch").click()
    wait_for_epoch(page, lambda now: now == 1)
    page.get_by_role("button", name="Run", exact=True).click()
    wait_for_epoch(page, lambda now: now > 2)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.locator("[aria-live=polite]", has_text="Paused at epoch").wait_for(state="attached")
