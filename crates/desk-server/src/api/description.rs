//! What the types and routes do not say by themselves: the scheme of keys, names of operations that are one of a
//! kind, and which answers name the things that other routes are about.

use std::collections::BTreeSet;

use utoipa::{
    Modify,
    openapi::{
        OpenApi, RefOr,
        link::LinkBuilder,
        path::{Operation, PathItem},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// Adds the scheme of keys.
pub(super) struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("opora_…");
        let scheme = scheme.description(Some("A key of the API, given out by the desk's owner.")).build();
        openapi.components.get_or_insert_default().add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().flatten()
}

/// Names each operation by its noun and verb, and links lists and makers with what is asked by id.
pub(super) fn complete(mut openapi: OpenApi) -> OpenApi {
    let mut by_id: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, item) in &mut openapi.paths.paths {
        for operation in operations(item) {
            let noun = operation.tags.as_ref().and_then(|tags| tags.first()).cloned().unwrap_or_default();
            let verb = operation.operation_id.take().unwrap_or_default();
            let of = path.rsplit('/').find(|part| !part.starts_with('{')).unwrap_or_default();
            let id = if of == noun { format!("{noun}_{verb}") } else { format!("{noun}_{of}_{verb}") };
            if path.contains("{id}") && !path.contains("{sequence}") {
                by_id.insert((noun, id.clone()));
            }
            operation.operation_id = Some(id);
        }
    }
    for (path, item) in &mut openapi.paths.paths {
        let Some(noun) = path.strip_prefix("/api/v1/").filter(|noun| !noun.contains('/')).map(str::to_owned) else {
            continue;
        };
        for operation in operations(item) {
            for (status, place) in [("200", "$response.body#/items/0/id"), ("201", "$response.body#/id")] {
                let Some(RefOr::T(response)) = operation.responses.responses.get_mut(status) else { continue };
                for (_, id) in by_id.iter().filter(|(of, _)| *of == noun) {
                    let link = LinkBuilder::new().operation_id(id).parameter("id", place).build();
                    response.links.insert(id.clone(), RefOr::T(link));
                }
            }
        }
    }
    openapi
}
