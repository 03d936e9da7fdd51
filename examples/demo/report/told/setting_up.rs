//! Businesses, client accounts, contractor roles.

use handclasp::model::fees::{Payer, Plan};

use super::super::Facts;
use super::{count, left_out};
use crate::steps::{clients, register, roles};

impl Facts for register::Facts {
    const STEP: &'static str = "register";
    const TITLE: &'static str = "Register the businesses";

    fn lines(&self) -> Vec<String> {
        let first = format!("{}, each with its first Admin", count(self.businesses, "business", "businesses"));
        [first].into_iter().chain(left_out(&self.file)).collect()
    }
}

impl Facts for clients::Facts {
    const STEP: &'static str = "clients";
    const TITLE: &'static str = "Make client accounts, and set what connections cost";

    fn lines(&self) -> Vec<String> {
        let clients = self.clients.iter().map(|client| {
            let plan = self.plans.iter().rfind(|plan| plan.client == *client);
            format!("{client}: {}", plan.map_or_else(|| "no fees".to_owned(), |plan| priced(&plan.plan)))
        });
        clients.chain(self.files.iter().flat_map(left_out)).collect()
    }
}

fn priced(plan: &Plan) -> String {
    let mut prices = Vec::new();
    let mut place = 1;
    for tier in &plan.tiers {
        let price = money(tier.price, &plan.currency);
        prices.push(if place == 1 { price } else { format!("{price} from place {place} on") });
        place = tier.up_to.map_or(place, |up_to| up_to + 1);
    }
    let payer = match plan.payer {
        Payer::Client => "the client",
        Payer::Contractor => "the contractor",
    };
    let free = if plan.free_allowance == 0 { String::new() } else { format!("{} free, then ", plan.free_allowance) };
    format!("{free}{}; {payer} pays", prices.join(", "))
}

/// An amount in minor units, as people write it.
pub(super) fn money(minor: u64, currency: &str) -> String {
    // ISO 4217 knows no other numbers of digits for the currencies that are in daily use.
    let digits = match currency {
        "CLP" | "ISK" | "JPY" | "KRW" | "UGX" | "VND" | "XAF" | "XOF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    };
    let unit = 10_u64.pow(digits);
    match usize::try_from(digits) {
        Ok(width @ 1..) => format!("{}.{:0width$} {currency}", minor / unit, minor % unit),
        _ => format!("{minor} {currency}"),
    }
}

impl Facts for roles::Facts {
    const STEP: &'static str = "roles";
    const TITLE: &'static str = "Name contractor roles, categories and requirements";

    fn lines(&self) -> Vec<String> {
        let clients = self.clients.iter().map(|of| {
            let has = [
                (of.categories, count(of.categories, "category", "categories")),
                (of.sub_categories, count(of.sub_categories, "sub-category", "sub-categories")),
                (of.requirements, count(of.requirements, "requirement", "requirements")),
            ];
            let has: Vec<_> = has.into_iter().filter(|(number, _)| *number > 0).map(|(_, told)| told).collect();
            let configured = if has.is_empty() { String::new() } else { format!("; {}", has.join(", ")) };
            format!("{}: {}{configured}", of.client, of.roles.join(", "))
        });
        clients.chain(left_out(&self.file)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn an_amount_has_the_digits_of_its_currency() {
        assert_eq!(money(1_205, "GBP"), "12.05 GBP");
        assert_eq!(money(7, "EUR"), "0.07 EUR");
        assert_eq!(money(1_205, "JPY"), "1205 JPY");
        assert_eq!(money(1_205, "KWD"), "1.205 KWD");
    }
}
