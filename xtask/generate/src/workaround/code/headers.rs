//! Workarounds for request headers.

use quote::ToTokens as _;
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_block_mut, visit_expr_mut};
use syn::{Block, Expr, Pat, Stmt};

/// The name of the variable that holds the request headers in progenitor's code.
const HEADERS: &str = "header_map";

/// Removes the `api-version` header, and the header map if it is then empty.
pub(super) fn remove_api_version(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let mut remover = Remover { count: 0 };
    remover.visit_file_mut(code);
    Ok(remover.count)
}

struct Remover {
    count: usize,
}

impl VisitMut for Remover {
    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_block_mut(self, block);
        let before = block.stmts.len();
        block
            .stmts
            .retain(|statement| !(is_append(statement) && text(statement).contains("\"api-version\"")));
        if block.stmts.len() < before {
            self.count += 1;
            if !block.stmts.iter().any(is_append) {
                block.stmts.retain(|statement| !is_declaration(statement));
                WithoutHeaders.visit_block_mut(block);
            }
        }
    }
}

/// Removes `.headers(header_map)` from method call chains.
struct WithoutHeaders;

impl VisitMut for WithoutHeaders {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_expr_mut(self, expression);
        if let Expr::MethodCall(call) = expression
            && call.method == "headers"
            && call.args.to_token_stream().to_string() == HEADERS
        {
            *expression = (*call.receiver).clone();
        }
    }
}

fn is_declaration(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else {
        return false;
    };
    matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == HEADERS)
}

/// Returns `true` if a statement adds a header, conditionally or not.
fn is_append(statement: &Stmt) -> bool {
    text(statement).contains(&format!("{HEADERS} . append"))
}

fn text(statement: &Stmt) -> String {
    statement.to_token_stream().to_string()
}
