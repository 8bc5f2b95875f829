/** A network as a file to take along. */
import { numpyProgram } from "../export/numpy_program";
import { pointsTable } from "../export/points_table";
import { pythonProgram } from "../export/python_program";
import { stored } from "../snapshot";
import { trainingOf, type Question } from "./question";

export const exportNetwork: Question = (scene, about) => {
  const training = trainingOf(scene, about);
  const file = (name: string, text: string) => ({ values: { name, text, more: [] } });
  switch (about["format"]) {
    case "python": return file("network.py", pythonProgram(training, scene.state.data));
    case "numpy": return file("network_numpy.py", numpyProgram(training));
    case "json": return file("weights.json", JSON.stringify({ state: training.network.state, ...stored(training) }));
    case "csv": return file("points.csv", pointsTable(training.network));
    default:
      throw new Error(`a saved page exports python, numpy, json and csv, not ${JSON.stringify(about["format"])}: pip install pellucid, then pellucid play`);
  }
};
