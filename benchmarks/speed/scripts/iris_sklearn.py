"""Iris on scikit-learn, from nothing to a trained network."""

import warnings

from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")  # all 100 epochs are gone through, as asked
x, y = load_iris(return_X_y=True)
x, x_test, y, y_test = train_test_split(x, y, test_size=0.3, stratify=y, random_state=0)
scaler = StandardScaler().fit(x)
network = MLPClassifier((16,), alpha=0.0, learning_rate_init=0.01, batch_size=32, max_iter=100, n_iter_no_change=100)
network.fit(scaler.transform(x), y)
print(network.score(scaler.transform(x_test), y_test))
