package io.github.qwop.game.twin;

/**
 * The dynamic tree of fat boxes that Box2D finds pairs with, as of Box2DFlash 2.1a: not rebalanced. Its shape decides
 * the order in which contacts are made, so insertion, removal and visiting order are the original's.
 */
final class BoxTree {

    /** Growth of a box on each side, in units. */
    private static final double MARGIN = 0.1;
    /** Further growth per unit of displacement. */
    private static final double DISPLACEMENT_FACTOR = 2;

    private static final int NONE = -1;

    /** Numbers that {@link #save} writes for each node. */
    private static final int SAVED_PER_NODE = 7;

    private final double[] lowX;
    private final double[] lowY;
    private final double[] highX;
    private final double[] highY;
    private final int[] parent;
    private final int[] first;
    private final int[] second;
    private final int[] free;
    private final int[] stack;
    private int freeCount;
    private int used;
    private int root = NONE;
    private int pending;

    BoxTree(int leaves) {
        int nodes = 2 * leaves;
        lowX = new double[nodes];
        lowY = new double[nodes];
        highX = new double[nodes];
        highY = new double[nodes];
        parent = new int[nodes];
        first = new int[nodes];
        second = new int[nodes];
        free = new int[nodes];
        stack = new int[nodes];
    }

    /** Number of nodes that there is room for: leaf numbers are below it. */
    int capacity() {
        return parent.length;
    }

    /** How many numbers {@link #save} writes for so many leaves. */
    static int saved(int leaves) {
        return 1 + SAVED_PER_NODE * (2 * leaves - 1);
    }

    /**
     * Writes the tree while it has all its leaves; returns the place behind it. Every node that was ever used is then
     * in use, since each removal gives back what the next insertion takes: nothing is free.
     */
    int save(double[] target, int from) {
        int at = from;
        target[at++] = root;
        for (int node = 0; node < used; node++) {
            target[at++] = parent[node];
            target[at++] = first[node];
            target[at++] = second[node];
            target[at++] = lowX[node];
            target[at++] = lowY[node];
            target[at++] = highX[node];
            target[at++] = highY[node];
        }
        return at;
    }

    /** Reads what {@link #save} wrote, in a tree with all its leaves; returns the place behind it. */
    int restore(double[] saved, int from) {
        int at = from;
        root = (int) saved[at++];
        for (int node = 0; node < used; node++) {
            parent[node] = (int) saved[at++];
            first[node] = (int) saved[at++];
            second[node] = (int) saved[at++];
            lowX[node] = saved[at++];
            lowY[node] = saved[at++];
            highX[node] = saved[at++];
            highY[node] = saved[at++];
        }
        return at;
    }

    void clear() {
        root = NONE;
        freeCount = 0;
        used = 0;
        pending = 0;
    }

    /** Adds a leaf for a box, grown by the margin; returns its number. */
    int add(Body body) {
        int leaf = allocate();
        setFat(leaf, body, MARGIN, MARGIN);
        insert(leaf);
        return leaf;
    }

    /** Takes a leaf out; its number is the next to be used again. */
    void destroy(int leaf) {
        remove(leaf);
        free[freeCount++] = leaf;
    }

    /**
     * Follows a body's box.
     *
     * @param dx how far the body moved: a new fat box is larger by twice as much on each side, besides the margin
     * @return whether the leaf moved in the tree
     */
    boolean move(Body body, double dx, double dy) {
        int leaf = body.leaf;
        if (lowX[leaf] <= body.lowX
                && lowY[leaf] <= body.lowY
                && body.highX <= highX[leaf]
                && body.highY <= highY[leaf]) {
            return false;
        }
        remove(leaf);
        setFat(
                leaf,
                body,
                DISPLACEMENT_FACTOR * (dx < 0 ? -dx : dx) + MARGIN,
                DISPLACEMENT_FACTOR * (dy < 0 ? -dy : dy) + MARGIN);
        insert(leaf);
        return true;
    }

    boolean overlap(int a, int b) {
        return lowX[b] <= highX[a] && lowY[b] <= highY[a] && lowX[a] <= highX[b] && lowY[a] <= highY[b];
    }

    /** Lower edge on the screen (y points down) of a leaf's fat box. */
    double bottom(int leaf) {
        return highY[leaf];
    }

    /** Begins a search for the leaves whose fat boxes overlap a leaf's; {@link #next} yields them. */
    void search() {
        stack[0] = root;
        pending = 1;
    }

    /** The next leaf that overlaps the given one, itself included, or −1. */
    int next(int leaf) {
        while (pending > 0) {
            int node = stack[--pending];
            if (!overlap(node, leaf)) {
                continue;
            }
            if (first[node] == NONE) {
                return node;
            }
            stack[pending++] = first[node];
            stack[pending++] = second[node];
        }
        return NONE;
    }

    private int allocate() {
        int node = freeCount > 0 ? free[--freeCount] : used++;
        first[node] = NONE;
        second[node] = NONE;
        return node;
    }

    private void setFat(int leaf, Body body, double growX, double growY) {
        lowX[leaf] = body.lowX - growX;
        lowY[leaf] = body.lowY - growY;
        highX[leaf] = body.highX + growX;
        highY[leaf] = body.highY + growY;
    }

    private void insert(int leaf) {
        if (root == NONE) {
            root = leaf;
            parent[leaf] = NONE;
            return;
        }
        double x = (lowX[leaf] + highX[leaf]) / 2;
        double y = (lowY[leaf] + highY[leaf]) / 2;
        int sibling = root;
        while (first[sibling] != NONE) {
            sibling =
                    distance(first[sibling], x, y) < distance(second[sibling], x, y) ? first[sibling] : second[sibling];
        }
        int above = parent[sibling];
        int joint = allocate();
        parent[joint] = above;
        first[joint] = sibling;
        second[joint] = leaf;
        parent[sibling] = joint;
        parent[leaf] = joint;
        enclose(joint);
        if (above == NONE) {
            root = joint;
            return;
        }
        if (first[above] == sibling) {
            first[above] = joint;
        } else {
            second[above] = joint;
        }
        int node = joint;
        while (above != NONE && !contains(above, node)) {
            enclose(above);
            node = above;
            above = parent[above];
        }
    }

    private double distance(int node, double x, double y) {
        double dx = (lowX[node] + highX[node]) / 2 - x;
        double dy = (lowY[node] + highY[node]) / 2 - y;
        return (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
    }

    private void remove(int leaf) {
        if (leaf == root) {
            root = NONE;
            return;
        }
        int joint = parent[leaf];
        int above = parent[joint];
        int sibling = first[joint] == leaf ? second[joint] : first[joint];
        parent[sibling] = above;
        free[freeCount++] = joint;
        if (above == NONE) {
            root = sibling;
            return;
        }
        if (first[above] == joint) {
            first[above] = sibling;
        } else {
            second[above] = sibling;
        }
        while (above != NONE) {
            double oldLowX = lowX[above];
            double oldLowY = lowY[above];
            double oldHighX = highX[above];
            double oldHighY = highY[above];
            enclose(above);
            if (oldLowX <= lowX[above]
                    && oldLowY <= lowY[above]
                    && highX[above] <= oldHighX
                    && highY[above] <= oldHighY) {
                return;
            }
            above = parent[above];
        }
    }

    private boolean contains(int outer, int inner) {
        return lowX[outer] <= lowX[inner]
                && lowY[outer] <= lowY[inner]
                && highX[inner] <= highX[outer]
                && highY[inner] <= highY[outer];
    }

    private void enclose(int node) {
        int a = first[node];
        int b = second[node];
        lowX[node] = lowX[a] < lowX[b] ? lowX[a] : lowX[b];
        lowY[node] = lowY[a] < lowY[b] ? lowY[a] : lowY[b];
        highX[node] = highX[a] > highX[b] ? highX[a] : highX[b];
        highY[node] = highY[a] > highY[b] ? highY[a] : highY[b];
    }
}
