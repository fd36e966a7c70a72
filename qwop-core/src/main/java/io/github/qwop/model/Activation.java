package io.github.qwop.model;

/** The function after each hidden layer. */
public enum Activation {
    RELU,
    TANH
}
