"""The playground's data: data sets, sliders, and data of one's own."""

from __future__ import annotations

from browser.playing import loss, pixel, train, wait_until

CLASSIFICATION = [
    "circle",
    "xor",
    "two groups",
    "spiral",
    "moons",
    "rings",
    "checkers",
    "blobs",
    "AND",
    "OR",
    "XOR gate",
]


def test_every_data_set_is_a_picture_the_right_way_up(play):
    page, told = play()
    sets = page.get_by_role("group", name="Data set").get_by_role("button")
    assert sets.all_inner_texts() == CLASSIFICATION
    painted = """canvases => canvases.every(canvas =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value))"""
    wait_until(page, lambda: page.locator(".thumbnails canvas").evaluate_all(painted), "every picture is painted")
    # AND is right at the upper right alone: blue there, orange elsewhere
    corners = page.get_by_role("button", name="AND", exact=True).locator("canvas")
    reds = corners.evaluate(
        """canvas => [[40, 0], [0, 0], [0, 40], [40, 40]].map(([x, y]) => {
            const { data } = canvas.getContext('2d').getImageData(x, y, 16, 16);
            let [red, blue] = [0, 0];
            for (let at = 0; at < data.length; at += 4) {
                if (data[at + 3] > 200) [red, blue] = [red + data[at], blue + data[at + 2]];
            }
            return red > blue;
        })"""
    )
    assert reds == [False, True, True, True]
    for name, key in (("spiral", "spiral"), ("XOR gate", "xor_gate")):
        page.get_by_role("button", name=name, exact=True).click()
        told.wait_for(page, lambda state, key=key: state["data"]["name"] == key)
    page.get_by_label("Problem", exact=True).select_option("regression")
    told.wait_for(page, lambda state: (state["data"]["name"], state["networks"][0]["loss"]) == ("plane", "squared"))
    assert sets.all_inner_texts() == ["plane", "hills", "valley"]


def test_share_noise_batch_and_new_points(play):
    page, told = play()
    for name, text, holds in (
        ("Training share", "70", lambda state: state["data"]["train_share"] == 70),
        ("Noise", "25", lambda state: state["data"]["noise"] == 25),
        ("Batch size", "30", lambda state: state["networks"][0]["batch_size"] == 30),
    ):
        page.get_by_label(name, exact=True).fill(text)
        told.wait_for(page, holds)
    page.get_by_role("button", name="Draw new points").click()
    seed = told.wait_for(page, lambda state: state["data"]["seed"] != 0)["data"]["seed"]
    assert page.url.endswith(f"#v=1&noise=25&train_share=70&data_seed={seed}&batch_size=30")
    page.get_by_text("Count, stretch, tilt").click()
    page.get_by_label("Stretch x2", exact=True).fill("10")
    page.get_by_label("Tilt", exact=True).fill("0.5")
    page.get_by_label("Points", exact=True).fill("50")
    told.wait_for(page, lambda state: [state["data"][key] for key in ("stretch", "tilt", "count")] == [10, 0.5, 50])


def test_pasted_data_are_learnt_and_bad_ones_refused_in_one_line(play):
    page, told = play()
    page.get_by_text("Your own data").click()
    text = page.get_by_label("Paste CSV")
    text.fill("a,b,kind\n1,2,cat\n3,x,dog\n5,6,cat\n7,8,dog")
    page.get_by_role("button", name="Use", exact=True).click()
    page.get_by_text("Row 3, column b: “x” is not a number.").wait_for()
    assert all(state["data"]["name"] == "circle" for state in told.states())
    rows = [f"{i},{i % 3},{-i},{'cat' if i < 10 else 'dog'}" for i in range(20)]
    text.fill("a,b,c,kind\n" + "\n".join(rows))
    page.get_by_role("button", name="Use", exact=True).click()
    data = told.wait_for(page, lambda state: state["data"]["name"] == "own")["data"]
    assert (data["columns"], len(data["points"]), data["classes"]) == (["a", "b", "c"], 20, 2)
    assert sum(point["test"] for point in data["points"]) == 10
    page.get_by_label("Upwards").select_option("2")
    told.wait_for(page, lambda state: state["data"]["axes"] == [0, 2])
    page.get_by_label("Across").select_option("components")
    told.wait_for(page, lambda state: state["data"]["axes"] == [-1, -1])
    page.get_by_role("group", name="Output over component 1 and component 2").wait_for()


def test_a_file_is_opened(play):
    page, told = play()
    page.get_by_text("Your own data").click()
    content = "\n".join(f"{i / 4};{i * i / 16}" for i in range(12))
    page.get_by_label("Open a CSV file").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    state = told.wait_for(page, lambda state: state["data"]["name"] == "own")
    assert (state["data"]["problem"], state["data"]["columns"], state["networks"][0]["loss"]) == (
        "regression",
        ["x1"],
        "squared",
    )


def test_points_are_drawn_typed_and_taken_away(play):
    page, told = play()
    page.get_by_text("Your own data").click()
    page.get_by_role("button", name="Begin with none").click()
    plot = page.locator(".map-view")
    box = plot.bounding_box()

    def at(x, y):  # a place of the plane from -6 to 6
        side = box["width"] - 42
        return {"x": 34 + (x + 6) / 12 * side, "y": 6 + (1 - (y + 6) / 12) * side}

    plot.click(position=at(3, 3))
    plot.click(position=at(-3, 3))
    page.get_by_role("button", name="Class 1").click()
    plot.click(position=at(-3, -3))
    plot.click(position=at(4, -4))
    points = told.wait_for(page, lambda state: len(state["data"]["points"]) == 4)["data"]["points"]
    assert [point["y"] for point in points] == [0, 0, 1, 1]
    assert [round(value) for point in points for value in point["x"]] == [3, 3, -3, 3, -3, -3, 4, -4]
    plot.click(position=at(4, -4), button="right")
    told.wait_for(page, lambda state: len(state["data"]["points"]) == 3)
    plot.click(position=at(-3, -3), modifiers=["Alt"])
    told.wait_for(page, lambda state: len(state["data"]["points"]) == 2)
    box = plot.bounding_box()  # the page may have been scrolled
    page.mouse.move(box["x"] + 60, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 250, steps=20)
    page.mouse.up()
    row = told.wait_for(page, lambda state: len(state["data"]["points"]) > 6)["data"]["points"][2:]
    assert len({point["x"][1] for point in row}) == 1
    page.get_by_role("button", name="Undo").click()  # a stroke is one step
    told.wait_for(page, lambda state: len(state["data"]["points"]) == 2)
    page.get_by_label("x1", exact=True).fill("1,5")
    page.get_by_label("x2", exact=True).fill("-2")
    page.keyboard.press("Enter")
    points = told.wait_for(page, lambda state: len(state["data"]["points"]) == 3)["data"]["points"]
    assert points[-1] == {"x": [1.5, -2], "y": 1, "test": False}
    page.get_by_text("Points as a list").click()
    page.get_by_role("button", name="Take point 1 away").click()
    told.wait_for(page, lambda state: len(state["data"]["points"]) == 2)
    plot.focus()
    page.keyboard.press("Enter")  # in the middle
    points = told.wait_for(page, lambda state: len(state["data"]["points"]) == 3)["data"]["points"]
    assert points[-1]["x"] == [0, 0]
    page.keyboard.press("Control+z")
    told.wait_for(page, lambda state: len(state["data"]["points"]) == 2)


def test_points_that_were_drawn_become_ones_own(play):
    page, told = play("#v=1&data=xor&train_share=80")
    page.get_by_text("Your own data").click()
    page.get_by_role("button", name="Change these points").click()
    points = told.wait_for(page, lambda state: state["data"]["name"] == "own")["data"]["points"]
    assert (len(points), sum(point["test"] for point in points)) == (500, 100)
    page.get_by_text("500 points").wait_for()


def test_many_classes_have_colours_shapes_and_a_confusion_matrix(play):
    page, _ = play("#v=1&data=blobs&classes=4&optimizer=adam&learning_rate=0.03&layers=8relu")
    train(page, 15)
    wait_until(page, lambda: loss(page, "Training accuracy") > 90, "an accuracy above 90 %")
    assert page.locator(".map-legend .class-mark").count() == 4
    corners = [
        pixel(page, ".map-view canvas", *place) for place in ((0.55, 0.1), (0.9, 0.45), (0.55, 0.8), (0.2, 0.45))
    ]
    assert len({tuple(colour) for colour in corners}) == 4
    page.get_by_text("Confusion matrix of the test points").click()
    page.locator("table.confusion tbody tr").nth(3).wait_for()
