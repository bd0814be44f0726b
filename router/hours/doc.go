// Package hours says when people answer: which hours of a week, in which zone, on which days
// otherwise. It exists so that a visitor who finds a closed desk is told the truth, when it opens
// next, and it decides nothing else: a closed desk takes tickets, and keeps them (invariant 5).
//
// It is pure. The time and the zone are given, and the same hours always give the same answer.
//
// Hours go by the clock on the wall. A span belongs to the day it begins on: what begins on Friday
// at 22:00 and lasts until 02:00 is Friday's, and stays open into a Saturday that is closed.
// When clocks are set forward, what begins in the lost hour begins after it; when they are set
// back, what lies in the repeated hour is open twice.
package hours
