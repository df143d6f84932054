//! Prose is recognized by its location, not only by its name.

use serde_json::Value;
use xtask_openapi::prose;

use crate::support::value;

fn stripped(text: &str) -> Value {
    let mut document = value(text);
    prose::strip(&mut document);
    document
}

#[test]
fn prose_is_removed_and_facts_are_kept() {
    let before = "
        info: {title: T, version: '1', summary: s, description: d, contact: {}, license: {}, termsOfService: t}
        externalDocs: {url: u}
        tags: [{name: n, description: d, externalDocs: {url: u}}]
        servers: [{url: u, description: d, variables: {v: {default: a, description: d, enum: [a]}}}]
        paths:
          /a:
            summary: s
            description: d
            get:
              tags: [n]
              operationId: o
              summary: s
              description: d
              externalDocs: {url: u}
              parameters: [{name: p, in: query, description: d, example: e, examples: {}, schema: {example: e}}]
              requestBody: {description: d, content: {a/b: {example: e, examples: {}, schema: {title: t}}}}
              responses:
                '200': {description: d, headers: {H: {description: d, example: e}}, links: {L: {description: d}}}
                '400': {$ref: '#/components/responses/R', description: d, summary: s}
                default: {content: {}}
        components:
          examples: {E: {}}
          securitySchemes: {S: {type: http, scheme: basic, description: d}}";
    let after = "
        info: {title: T, version: '1'}
        tags: [{name: n}]
        servers: [{url: u, variables: {v: {default: a, enum: [a]}}}]
        paths:
          /a:
            get:
              tags: [n]
              operationId: o
              parameters: [{name: p, in: query, schema: {}}]
              requestBody: {content: {a/b: {schema: {}}}}
              responses:
                '200': {description: '', headers: {H: {}}, links: {L: {}}}
                '400': {$ref: '#/components/responses/R'}
                default: {description: '', content: {}}
        components:
          securitySchemes: {S: {type: http, scheme: basic}}";
    assert_eq!(stripped(before), value(after));
}

#[test]
fn properties_named_like_prose_are_kept() {
    let facts = "
        components:
          schemas:
            title: {type: object, required: [description, example],
              properties: {title: {type: string}, description: {type: string}, example: {}, examples: {}, summary: {},
                externalDocs: {}, $comment: {}}}
            description: {default: {description: kept, example: kept}, enum: [{title: kept}], const: {summary: kept}}
            example: {$defs: {description: {type: string}}, patternProperties: {title: {type: string}}}
          headers: {description: {schema: {}}}
        paths:
          /a: {get: {responses: {default: {description: '', content: {example: {schema: {}}}}}}}";
    assert_eq!(stripped(facts), value(facts));
}

#[test]
fn prose_in_nested_schemas_is_removed() {
    let before = "components: {schemas: {S: {items: {title: t}, allOf: [{description: d}], properties: {a: {examples: [e]}},
        additionalProperties: {$comment: c}, $defs: {A: {example: e}}, not: {externalDocs: {url: u}}}}}";
    let after =
        "components: {schemas: {S: {items: {}, allOf: [{}], properties: {a: {}}, additionalProperties: {},
        $defs: {A: {}}, not: {}}}}";
    assert_eq!(stripped(before), value(after));
}

#[test]
fn scopes_keep_their_names() {
    let scheme = |word: &str| {
        format!(
            "components: {{securitySchemes: {{S: {{type: oauth2, flows: {{implicit: {{authorizationUrl: u, scopes: {{a: {word}}}}}}}}}}}}}"
        )
    };
    assert_eq!(stripped(&scheme("words")), value(&scheme("''")));
}

#[test]
fn prose_extensions_are_removed_by_name() {
    let before =
        "{x-fern-basic: {username: {name: n, description: d}}, x-internal: true, x-enum-descriptions: [d],
        x-codeSamples: [], x-displayName: n, x-summary: s}";
    assert_eq!(
        stripped(before),
        value("{x-fern-basic: {username: {name: n, description: d}}, x-internal: true}")
    );
}
