package io.github.qwop.game.twin;

/**
 * The contact manifold of two rectangles: the edge of least penetration is the reference, the other body's most
 * opposite edge is clipped against it (Box2D's polygon collision, for four corners).
 */
final class BoxCollision {

    /** Two skins. */
    static final double RADIUS = Body.SKIN + Body.SKIN;

    private static final double RELATIVE_TOLERANCE = 0.98;
    private static final double ABSOLUTE_TOLERANCE = 0.001;

    private static final double[] SIGN_X = {-1, 1, 1, -1};
    private static final double[] SIGN_Y = {-1, -1, 1, 1};

    private final double[] cornersAX = new double[4];
    private final double[] cornersAY = new double[4];
    private final double[] cornersBX = new double[4];
    private final double[] cornersBY = new double[4];

    private int bestEdge;

    // The incident edge while it is clipped: two points and their ids.
    private double p0x;
    private double p0y;
    private int id0;
    private double p1x;
    private double p1y;
    private int id1;

    /** Replaces a contact's manifold by that of the present poses; impulses go on where ids do. */
    void collide(Contact contact) {
        int oldPoints = contact.points;
        int oldId0 = contact.id0;
        int oldId1 = contact.id1;
        double oldNormal0 = contact.normalImpulse0;
        double oldTangent0 = contact.tangentImpulse0;
        double oldNormal1 = contact.normalImpulse1;
        double oldTangent1 = contact.tangentImpulse1;
        evaluate(contact);
        if (contact.points > 0) {
            boolean from0 = oldPoints > 0 && oldId0 == contact.id0;
            boolean from1 = oldPoints > 1 && oldId1 == contact.id0;
            contact.normalImpulse0 = from0 ? oldNormal0 : from1 ? oldNormal1 : 0;
            contact.tangentImpulse0 = from0 ? oldTangent0 : from1 ? oldTangent1 : 0;
        }
        if (contact.points > 1) {
            boolean from0 = oldPoints > 0 && oldId0 == contact.id1;
            boolean from1 = oldPoints > 1 && oldId1 == contact.id1;
            contact.normalImpulse1 = from0 ? oldNormal0 : from1 ? oldNormal1 : 0;
            contact.tangentImpulse1 = from0 ? oldTangent0 : from1 ? oldTangent1 : 0;
        }
    }

    private void evaluate(Contact contact) {
        Body a = contact.a;
        Body b = contact.b;
        contact.points = 0;
        corners(a, cornersAX, cornersAY);
        corners(b, cornersBX, cornersBY);
        double separationA = bestSeparation(a, cornersAX, cornersAY, b, cornersBX, cornersBY);
        if (separationA > RADIUS) {
            return;
        }
        int edgeA = bestEdge;
        double separationB = bestSeparation(b, cornersBX, cornersBY, a, cornersAX, cornersAY);
        if (separationB > RADIUS) {
            return;
        }
        if (separationB > RELATIVE_TOLERANCE * separationA + ABSOLUTE_TOLERANCE) {
            contact.referenceIsB = true;
            clip(contact, b, cornersBX, cornersBY, bestEdge, a, cornersAX, cornersAY);
        } else {
            contact.referenceIsB = false;
            clip(contact, a, cornersAX, cornersAY, edgeA, b, cornersBX, cornersBY);
        }
    }

    private static void corners(Body body, double[] xs, double[] ys) {
        double ch = body.cos * body.halfWidth;
        double sk = body.sin * body.halfHeight;
        double sh = body.sin * body.halfWidth;
        double ck = body.cos * body.halfHeight;
        xs[0] = (sk - ch) + body.x;
        ys[0] = (-sh - ck) + body.y;
        xs[1] = (ch + sk) + body.x;
        ys[1] = (sh - ck) + body.y;
        xs[2] = (ch - sk) + body.x;
        ys[2] = (sh + ck) + body.y;
        xs[3] = (-ch - sk) + body.x;
        ys[3] = (ck - sh) + body.y;
    }

    /** Separation of p's edge of largest separation from q; leaves that edge in {@link #bestEdge}. */
    private double bestSeparation(Body p, double[] px, double[] py, Body q, double[] qx, double[] qy) {
        double dx = q.x - p.x;
        double dy = q.y - p.y;
        double localX = dx * p.cos + dy * p.sin;
        double localY = dy * p.cos - dx * p.sin;
        int edge = 0;
        double most = -localY;
        if (localX > most) {
            edge = 1;
            most = localX;
        }
        if (localY > most) {
            edge = 2;
            most = localY;
        }
        if (-localX > most) {
            edge = 3;
        }
        double separation = separation(p, px, py, edge, q, qx, qy);
        double before = separation(p, px, py, edge + 3 & 3, q, qx, qy);
        double after = separation(p, px, py, edge + 1 & 3, q, qx, qy);
        int direction;
        if (before > separation && before > after) {
            direction = 3;
            separation = before;
        } else if (after > separation) {
            direction = 1;
            separation = after;
        } else {
            bestEdge = edge;
            return separation;
        }
        edge = edge + direction & 3;
        while (true) {
            int candidate = edge + direction & 3;
            double further = separation(p, px, py, candidate, q, qx, qy);
            if (!(further > separation)) {
                bestEdge = edge;
                return separation;
            }
            separation = further;
            edge = candidate;
        }
    }

    /** Distance of q's deepest corner from the line of an edge of p. */
    private static double separation(Body p, double[] px, double[] py, int edge, Body q, double[] qx, double[] qy) {
        double nx = normalX(p, edge);
        double ny = normalY(p, edge);
        double ux = (nx * q.cos + ny * q.sin) * q.halfWidth;
        double uy = (ny * q.cos - nx * q.sin) * q.halfHeight;
        int support = 0;
        double least = -ux - uy;
        if (ux - uy < least) {
            support = 1;
            least = ux - uy;
        }
        if (ux + uy < least) {
            support = 2;
            least = ux + uy;
        }
        if (uy - ux < least) {
            support = 3;
        }
        return (qx[support] - px[edge]) * nx + (qy[support] - py[edge]) * ny;
    }

    private static double normalX(Body p, int edge) {
        return switch (edge) {
            case 0 -> p.sin;
            case 1 -> p.cos;
            case 2 -> -p.sin;
            default -> -p.cos;
        };
    }

    private static double normalY(Body p, int edge) {
        return switch (edge) {
            case 0 -> -p.cos;
            case 1 -> p.sin;
            case 2 -> p.cos;
            default -> -p.sin;
        };
    }

    private void clip(Contact contact, Body r, double[] rx, double[] ry, int edge, Body i, double[] ix, double[] iy) {
        int incident = incidentEdge(r, edge, i);
        int next = incident + 1 & 3;
        p0x = ix[incident];
        p0y = iy[incident];
        id0 = edge | incident << 8;
        p1x = ix[next];
        p1y = iy[next];
        id1 = edge | next << 8 | 1 << 16;

        int end = edge + 1 & 3;
        // A side times 1/length need not be exactly 1.
        double sideX = (SIGN_X[end] - SIGN_X[edge]) * r.halfWidth;
        double sideY = (SIGN_Y[end] - SIGN_Y[edge]) * r.halfHeight;
        double length = Math.sqrt(sideX * sideX + sideY * sideY);
        double tx = sideX * (1 / length);
        double ty = sideY * (1 / length);
        double worldTx = r.cos * tx - r.sin * ty;
        double worldTy = r.sin * tx + r.cos * ty;
        double nx = worldTy;
        double ny = -worldTx;
        double front = nx * rx[edge] + ny * ry[edge];
        double offset1 = (-worldTx * rx[edge] - worldTy * ry[edge]) + RADIUS;
        double offset2 = (worldTx * rx[end] + worldTy * ry[end]) + RADIUS;
        if (!cut(-worldTx, -worldTy, offset1) || !cut(worldTx, worldTy, offset2)) {
            return;
        }
        contact.normalX = ty;
        contact.normalY = -tx;
        contact.planeX = 0.5 * (SIGN_X[edge] * r.halfWidth + SIGN_X[end] * r.halfWidth);
        contact.planeY = 0.5 * (SIGN_Y[edge] * r.halfHeight + SIGN_Y[end] * r.halfHeight);
        int flip = contact.referenceIsB ? 1 << 24 : 0;
        if ((nx * p0x + ny * p0y) - front <= RADIUS) {
            keep(contact, i, p0x - i.x, p0y - i.y, id0 | flip);
        }
        if ((nx * p1x + ny * p1y) - front <= RADIUS) {
            keep(contact, i, p1x - i.x, p1y - i.y, id1 | flip);
        }
    }

    private static void keep(Contact contact, Body i, double dx, double dy, int id) {
        double localX = dx * i.cos + dy * i.sin;
        double localY = dy * i.cos - dx * i.sin;
        if (contact.points == 0) {
            contact.local0X = localX;
            contact.local0Y = localY;
            contact.id0 = id;
        } else {
            contact.local1X = localX;
            contact.local1Y = localY;
            contact.id1 = id;
        }
        contact.points++;
    }

    private static int incidentEdge(Body r, int edge, Body i) {
        double nx = normalX(r, edge);
        double ny = normalY(r, edge);
        double localX = nx * i.cos + ny * i.sin;
        double localY = ny * i.cos - nx * i.sin;
        int incident = 0;
        double least = -localY;
        if (localX < least) {
            incident = 1;
            least = localX;
        }
        if (localY < least) {
            incident = 2;
            least = localY;
        }
        if (-localX < least) {
            incident = 3;
        }
        return incident;
    }

    /**
     * Cuts the incident edge by the half plane g·q ≤ offset; a cut point has the id of the corner cut away. When the
     * first point is cut away the second one takes its place.
     *
     * @return whether two points are left
     */
    private boolean cut(double gx, double gy, double offset) {
        double d0 = (gx * p0x + gy * p0y) - offset;
        double d1 = (gx * p1x + gy * p1y) - offset;
        if (d0 <= 0 && d1 <= 0) {
            return true;
        }
        if (!(d0 * d1 < 0)) {
            return false;
        }
        double fraction = d0 / (d0 - d1);
        double cutX = fraction * (p1x - p0x) + p0x;
        double cutY = fraction * (p1y - p0y) + p0y;
        if (d0 > 0) {
            p0x = p1x;
            p0y = p1y;
            int cutAway = id0;
            id0 = id1;
            id1 = cutAway;
        }
        p1x = cutX;
        p1y = cutY;
        return true;
    }
}
