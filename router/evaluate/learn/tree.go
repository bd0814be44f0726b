package learn

// node is a split of a tree, or a leaf if left is 0.
type node struct {
	feature     int
	cut         float64
	left, right int
	value       float64
}

// leaf is the value where a row ends up. A number goes left of a cut that it equals.
func leaf(tree []node, row []float64) float64 {
	i := 0
	for tree[i].left != 0 {
		if row[tree[i].feature] <= tree[i].cut {
			i = tree[i].left
		} else {
			i = tree[i].right
		}
	}
	return tree[i].value
}
