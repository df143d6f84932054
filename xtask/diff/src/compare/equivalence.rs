//! Equivalence of schemas, ignoring prose and names. Used to match the alternatives in two documents.
//!
//! All schemas in both documents are divided into classes: first by their own facts, then repeatedly by the classes of
//! the schemas that they contain, until no class is split any further. Two schemas in the same class are equivalent,
//! even if they are recursive. After the first pass, only schemas that contain a reclassified schema are examined
//! again. Otherwise, a long chain of schemas, which is split one link at a time, would take quadratic time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::model::{Graph, Schema, SchemaId};

/// The maximum recursion depth. If the schemas in a document refer to each other, a single path may contain all of
/// them. Deeper schemas are compared after the operations.
pub(super) const MAX_DEPTH: usize = 900;

/// The equivalence class of each schema in both documents.
#[derive(Debug, Default)]
pub(crate) struct Equivalence {
    old: Vec<Class>,
    new: Vec<Class>,
}

/// The number that identifies an equivalence class.
pub(crate) type Class = u32;

/// A schema, and the positions of the schemas that it contains.
struct Node {
    class: Class,
    /// Contained schemas whose order matters.
    ordered: Vec<usize>,
    /// Lists of contained schemas whose order doesn't matter.
    unordered: Vec<Vec<usize>>,
}

impl Equivalence {
    pub(super) fn of(old: &Graph, new: &Graph) -> Self {
        let mut first = HashMap::new();
        let mut nodes: Vec<Node> = Vec::with_capacity(old.len() + new.len());
        for (graph, offset) in [(old, 0), (new, old.len())] {
            let ids = std::iter::once(Graph::ANY).chain(graph.ids());
            nodes.extend(ids.map(|id| node(graph, graph.get(id).whole(), offset, &mut first)));
        }
        let containers = containers(&nodes);
        let mut sizes: HashMap<Class, usize> = HashMap::new();
        for node in &nodes {
            *sizes.entry(node.class).or_default() += 1;
        }
        let mut affected: BTreeSet<usize> = (0..nodes.len()).collect();
        // Each iteration covers one more level of nesting. The comparison doesn't recurse any deeper than this.
        for _ in 0..=MAX_DEPTH {
            let moved = divide(&mut nodes, &mut sizes, &affected);
            let containers = moved.iter().filter_map(|index| containers.get(*index));
            affected = containers.flatten().copied().collect();
            if affected.is_empty() {
                break;
            }
        }
        let mut classes = nodes.into_iter().map(|node| node.class);
        Self {
            old: classes.by_ref().take(old.len()).collect(),
            new: classes.collect(),
        }
    }

    /// Returns `true` if two schemas are equivalent.
    pub(super) fn is(&self, old: SchemaId, new: SchemaId) -> bool {
        self.of_old(old)
            .is_some_and(|class| Some(class) == self.of_new(new))
    }

    pub(super) fn of_old(&self, id: SchemaId) -> Option<Class> {
        self.old.get(id.index()).copied()
    }

    pub(super) fn of_new(&self, id: SchemaId) -> Option<Class> {
        self.new.get(id.index()).copied()
    }
}

/// Returns, for each schema, the positions of the schemas that contain it.
fn containers(nodes: &[Node]) -> Vec<Vec<usize>> {
    let mut containers = vec![Vec::new(); nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for contained in node.ordered.iter().chain(node.unordered.iter().flatten()) {
            if let Some(containers) = containers.get_mut(*contained) {
                containers.push(index);
            }
        }
    }
    containers
}

/// Splits the classes according to the classes of the contained schemas. Examines only the `affected` schemas, because
/// the classes of all other schemas can't change. Returns the positions of the schemas that moved to a new class.
fn divide(nodes: &mut [Node], sizes: &mut HashMap<Class, usize>, affected: &BTreeSet<usize>) -> Vec<usize> {
    let mut groups: BTreeMap<(Class, Vec<Class>), Vec<usize>> = BTreeMap::new();
    for index in affected {
        if let Some(node) = nodes.get(*index) {
            let key = (node.class, contained_classes(nodes, node));
            groups.entry(key).or_default().push(*index);
        }
    }
    // The last remaining group of a class keeps the class. If the whole class is affected, that is the largest group,
    // so that fewer schemas are affected in the next iteration.
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| group.len());
    let mut moved = Vec::new();
    for ((class, _), group) in groups {
        let next = Class::try_from(sizes.len()).unwrap_or(Class::MAX);
        let Some(size) = sizes.get_mut(&class).filter(|size| **size > group.len()) else {
            continue;
        };
        *size -= group.len();
        sizes.insert(next, group.len());
        for index in group {
            if let Some(node) = nodes.get_mut(index) {
                node.class = next;
                moved.push(index);
            }
        }
    }
    moved
}

fn contained_classes(nodes: &[Node], node: &Node) -> Vec<Class> {
    let of = |index: &usize| nodes.get(*index).map_or(0, |node| node.class);
    let mut classes: Vec<Class> = node.ordered.iter().map(of).collect();
    for list in &node.unordered {
        let mut sorted: Vec<Class> = list.iter().map(of).collect();
        sorted.sort_unstable();
        classes.extend(sorted);
    }
    classes
}

fn class_of<K: std::hash::Hash + Eq>(known: &mut HashMap<K, Class>, key: K) -> Class {
    let next = Class::try_from(known.len()).unwrap_or(Class::MAX);
    *known.entry(key).or_insert(next)
}

fn node(graph: &Graph, schema: &Schema, offset: usize, known: &mut HashMap<String, Class>) -> Node {
    let mut ordered = Vec::new();
    let mut unordered = Vec::new();
    let at = |id: &SchemaId| offset + id.index();
    let mut labels = Vec::new();
    for (keyword, id) in &schema.single {
        labels.push(json!([keyword]));
        ordered.push(at(id));
    }
    for (keyword, ids) in &schema.lists {
        labels.push(json!([keyword, ids.len()]));
        let ids = ids.iter().map(at);
        if keyword == "prefixItems" {
            ordered.extend(ids);
        } else {
            unordered.push(ids.collect());
        }
    }
    for (keyword, named) in &schema.maps {
        let sorted: BTreeMap<&String, &SchemaId> = named.iter().collect();
        for (name, id) in sorted {
            labels.push(json!([keyword, name]));
            ordered.push(at(id));
        }
    }
    let mut values = with_enum(schema);
    let mapping = values
        .get_mut("discriminator")
        .and_then(|discriminator| discriminator.get_mut("mapping"));
    // The name of the schema that a discriminator value selects doesn't matter.
    for (value, target) in mapping.and_then(Value::as_object_mut).into_iter().flatten() {
        if let Some(id) = target.as_str().and_then(|name| graph.named(name)) {
            labels.push(json!(["mapping", value]));
            ordered.push(at(&id));
            *target = Value::Null;
        }
    }
    let facts = json!([
        schema.is_never,
        schema.types,
        schema.nullable,
        values,
        schema.required,
        labels,
    ]);
    Node {
        class: class_of(known, facts.to_string()),
        ordered,
        unordered,
    }
}

/// Returns the values, with `const` converted to a single-value `enum`, and with `enum` values sorted and deduplicated.
fn with_enum(schema: &Schema) -> BTreeMap<String, Value> {
    let mut values = schema.values.clone();
    if !values.contains_key("enum")
        && let Some(only) = values.remove("const")
    {
        values.insert("enum".to_owned(), Value::Array(vec![only]));
    }
    if let Some(Value::Array(allowed)) = values.get_mut("enum") {
        allowed.sort_by_cached_key(ToString::to_string);
        allowed.dedup();
    }
    values
}
