//! Generated code is checked before it is written.

use syn::{File, parse_quote};
use xtask_generate::readback::{check_documentation, print};

#[test]
fn valid_code_is_printed() {
    let code: File = parse_quote! {
        /// A type, with `code` and <https://example.com>.
        pub struct A {
            /// - an item
            pub a: &'static str,
        }
    };
    let text = print(&code).unwrap();
    assert!(text.contains("    /// - an item\n    pub a"), "{text}");
}

#[test]
fn invalid_rust_is_reported_with_the_item() {
    let code: File = parse_quote! {
        pub struct A;
        pub mod types {
            #[doc = " a\rb"]
            pub struct B;
        }
    };
    let error = print(&code).unwrap_err();
    assert!(
        error.starts_with("the code generated for types::B is not valid Rust: "),
        "{error}"
    );
}

#[test]
fn documentation_that_changes_is_an_error() {
    let code: File = parse_quote! {
        #[doc = " a  "]
        pub struct A;
    };
    assert_eq!(
        print(&code).unwrap_err(),
        "pretty-printing changed the documentation: a"
    );
}

#[test]
fn hidden_characters_are_an_error() {
    for (c, shown) in [
        ('\u{202e}', "'\\u{202e}'"),
        ('\t', "'\\t'"),
        ('\u{200b}', "'\\u{200b}'"),
    ] {
        let docs = format!(" a{c}b");
        let code: File = parse_quote! {
            #[doc = #docs]
            pub struct A;
        };
        let error = print(&code).unwrap_err();
        assert_eq!(
            error,
            format!("generated code contains the hidden character {shown}")
        );
        // In string literals, hidden characters are escaped.
        let code: File = parse_quote! {
            pub const A: &str = #docs;
        };
        print(&code).unwrap();
    }
}

#[test]
fn executable_documentation_is_an_error() {
    for (text, what) in [
        (" ```", "a code block"),
        ("     a", "a code block"),
        (" - a\n\n       b", "a code block"),
        (" <script>", "HTML"),
        (" a <br> b", "HTML"),
        (" ![a](b)", "an image"),
    ] {
        let docs = text.lines();
        let code: File = parse_quote! {
            #(#[doc = #docs])*
            pub struct A;
        };
        let error = check_documentation(&code).unwrap_err();
        let expected = format!("generated documentation contains {what}");
        assert!(error.starts_with(&expected), "{text}: {error}");
    }
}
