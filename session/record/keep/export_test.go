package keep

import "context"

// Orders lets tests look for orders as Run does.
func (k *Keeper) Orders() func(context.Context) error { return k.orders().carryOut }
