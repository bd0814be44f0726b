// Package backtest replays recorded conversations through a policy and says what it would have
// decided, so that ops can see what a change does before they publish it.
//
// It folds and judges with the same code as the router, event by event, and stops a conversation
// where the policy would have handed it over: what was said after that, a bot would not have heard.
package backtest
