//! The dependency graph of a crate's files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Maps each file to the files that it uses, each with a Rust path that refers to the used file.
pub(super) type Graph = BTreeMap<PathBuf, BTreeMap<PathBuf, String>>;

/// Returns the graph of the crate with the given root file. A file uses its child modules and the files that
/// define the items it refers to. Ignores code with `#[cfg(test)]`, code in `quote!`, and files with `#[path]`.
/// If a child module and an item have the same name, paths refer to the module.
pub(super) fn read(root: &Path) -> Graph {
    let mut modules = Modules(Vec::new());
    modules.add(root.to_owned(), root.parent().unwrap().to_owned(), 0, parse(root));
    let mut graph = Graph::new();
    for (id, module) in modules.0.iter().enumerate() {
        let used = graph.entry(module.file.clone()).or_default();
        for path in &module.paths {
            let target = modules.resolve(id, path, false).map(|id| &modules.0[id].file);
            if let Some(file) = target.filter(|file| **file != module.file) {
                used.entry(file.clone()).or_insert_with(|| path.join("::"));
            }
        }
    }
    graph
}

/// Describes a cycle. Returns an empty string if there is none.
pub(super) fn describe_cycle(mut graph: Graph) -> String {
    // Repeatedly remove the files that don't use any remaining file. If any are left, they contain a cycle.
    let mut size = usize::MAX;
    while graph.len() < size {
        size = graph.len();
        let files: Vec<_> = graph.keys().cloned().collect();
        graph.retain(|_, used| {
            used.retain(|file, _| files.contains(file));
            !used.is_empty()
        });
    }
    let mut path: Vec<_> = graph.keys().take(1).collect();
    while let Some(next) = path.last().and_then(|file| graph[*file].keys().next()) {
        path.push(next);
        if let Some(start) = path[..path.len() - 1].iter().position(|file| *file == next) {
            path.drain(..start);
            break;
        }
    }
    let mut text = String::new();
    for files in path.windows(2) {
        let name = &graph[files[0]][files[1]];
        text += &format!("{} uses `{name}` in {}\n", files[0].display(), files[1].display());
    }
    text
}

fn parse(file: &Path) -> TokenStream {
    let code = std::fs::read_to_string(file).unwrap();
    code.parse().unwrap()
}

/// A token or `::`. A group is represented by its opening delimiter and the tokens in it.
type Word = (String, Option<TokenStream>);

fn words(code: TokenStream) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for token in code {
        match (token, words.last_mut()) {
            (TokenTree::Group(group), _) => {
                let is_block = group.delimiter() == Delimiter::Brace;
                let start = if is_block { "{" } else { "(" };
                words.push((start.to_owned(), Some(group.stream())));
            }
            (TokenTree::Punct(p), Some((last, _))) if p.as_char() == ':' && last == ":" => last.push(':'),
            (token, _) => words.push((token.to_string(), None)),
        }
    }
    words
}

#[derive(Default)]
struct Module {
    file: PathBuf,
    /// The directory that contains the files of child modules.
    directory: PathBuf,
    parent: usize,
    children: BTreeMap<String, usize>,
    imports: BTreeMap<String, Vec<String>>,
    paths: Vec<Vec<String>>,
}

/// The modules of a crate. The first one is the root.
struct Modules(Vec<Module>);

impl Modules {
    fn add(&mut self, file: PathBuf, directory: PathBuf, parent: usize, code: TokenStream) -> usize {
        let id = self.0.len();
        self.0.push(Module {
            file,
            directory,
            parent,
            ..Module::default()
        });
        self.scan(id, code, &[]);
        id
    }

    fn add_child(&mut self, parent: usize, name: &str, inline: Option<TokenStream>) {
        let directory = self.0[parent].directory.join(name);
        let mut files = [directory.with_extension("rs"), directory.join("mod.rs")].into_iter();
        let (file, code) = match (inline, files.find(|file| file.exists())) {
            (Some(code), _) => (self.0[parent].file.clone(), code),
            (None, Some(file)) => (file.clone(), parse(&file)),
            (None, None) => return,
        };
        let child = self.add(file, directory, parent, code);
        self.0[parent].children.insert(name.to_owned(), child);
        self.0[parent].paths.push(vec![name.to_owned()]);
    }

    /// Adds the child modules, imports and paths in code. `prefix` is the path before a group in a `use` item.
    fn scan(&mut self, id: usize, code: TokenStream, prefix: &[String]) {
        let words = words(code);
        // Split the code into paths and single tokens.
        let parts: Vec<_> = words.chunk_by(|a, b| a.0 == "::" || b.0 == "::").collect();
        let last = |at: usize| parts.get(at).and_then(|part| part.last());
        let text = |at: usize| last(at).map_or("", |word| word.0.as_str());
        let group = |at: usize| last(at).and_then(|word| word.1.clone());
        let is_test =
            |at: usize| group(at).is_some_and(|group| group.to_string().replace(' ', "") == "cfg(test)");
        let is_ident = |word: &&Word| word.0.starts_with(|c: char| c == '_' || c.is_alphabetic());
        let (mut at, mut is_use) = (0, !prefix.is_empty());
        while at < parts.len() {
            let segments = parts[at].iter().step_by(2).take_while(is_ident);
            let mut path = prefix.to_vec();
            path.extend(segments.map(|word| word.0.clone()));
            match text(at) {
                "use" => is_use = text(at + 1) != "<",
                ";" => is_use = false,
                "#" if is_test(at + 1) => {
                    while !["{", ";", ""].contains(&text(at)) {
                        at += 1;
                    }
                }
                "mod" => {
                    self.add_child(id, text(at + 1), group(at + 2));
                    at += 2;
                }
                "pub" if text(at + 1) == "(" => at += 1,
                "quote" | "parse_quote" if text(at + 1) == "!" => at += 2,
                "{" | "(" => self.scan(id, group(at).unwrap_or_default(), &path),
                word if path.len() > prefix.len() || (is_use && word == "*") => {
                    path.pop_if(|name| name == "self");
                    if is_use {
                        let alias = (text(at + 1) == "as").then(|| text(at + 2).to_owned());
                        at += if alias.is_some() { 2 } else { 0 };
                        let name = alias.or_else(|| path.last().cloned().filter(|_| word != "*"));
                        self.0[id].imports.extend(name.map(|name| (name, path.clone())));
                    }
                    self.0[id].paths.push(path);
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Returns the module that a path refers to, or that defines the item that it refers to. Returns `None` for
    /// other crates.
    fn resolve(&self, mut at: usize, path: &[String], is_import: bool) -> Option<usize> {
        for (index, segment) in path.iter().enumerate() {
            let rest = &path[index + 1..];
            let module = &self.0[at];
            let child = module.children.get(segment);
            // The first segment of an import may have the same name as the import, but doesn't refer to it.
            let import = module.imports.get(segment).filter(|_| !is_import || index > 0);
            at = match (segment.as_str(), child, import) {
                ("crate", ..) => 0,
                ("self", ..) => at,
                ("super", ..) => module.parent,
                // An imported function may have the same name as a module.
                (_, Some(child), import) if import.is_none() || !rest.is_empty() => *child,
                (_, _, Some(import)) => return self.resolve(at, &[import, rest].concat(), true),
                _ => return (index > 0).then_some(at),
            };
        }
        Some(at)
    }
}
