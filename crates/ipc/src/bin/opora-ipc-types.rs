//! Prints the TypeScript of the contract to standard output.
#![allow(clippy::print_stdout)]

use std::{any::TypeId, collections::BTreeMap};

use opora_ipc::contract;
use ts_rs::{Config, TS, TypeVisitor};

struct Declarations<'a> {
    config: &'a Config,
    seen: Vec<TypeId>,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        // Only what has a file of its own is a named type; the rest is written in place.
        if T::output_path().is_some() {
            let declaration = format!("export {}", T::decl(self.config));
            let name = T::ident(self.config);
            let other = self.found.insert(name.clone(), declaration);
            assert!(other.is_none(), "two types are called {name}: rename one with #[ts(rename)]");
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn main() {
    let config = Config::default();
    let mut declarations = Declarations { config: &config, seen: Vec::new(), found: BTreeMap::new() };
    contract::visit_types(&mut declarations);
    declarations.visit::<opora_ipc::UiError>();
    println!("// Printed by `cargo xtask gen` from crates/ipc. Do not edit.\n");
    for declaration in declarations.found.values() {
        println!("{declaration}\n");
    }
    print!("{}", contract::typescript_maps(&config));
}
