//! Commands that mend something, with the person's own names.
//!
//! Only names that follow Key Vault's grammar are filled in; for the others there is a placeholder. So a name from a
//! hostile file cannot become a command.

use super::facts::{KeyFacts, VaultFacts};
use super::quoting::{quoted, shell_quoted};
use super::verdict::Commands;

/// Names of the vault and the key.
#[derive(Debug, Clone)]
pub(super) struct Names {
    vault: Option<String>,
    key: Option<String>,
    sub: Option<String>,
    group: Option<String>,
    is_hsm: bool,
}

impl Names {
    pub(super) fn of_key(key: &KeyFacts) -> Self {
        Self {
            vault: key.vault.clone().filter(|name| is_vault_name(name)),
            key: key.name.clone().filter(|name| is_key_name(name)),
            sub: key.sub.clone().filter(|name| is_subscription(name)),
            group: key.group.clone().filter(|name| is_group(name)),
            is_hsm: key.is_in_managed_hsm(),
        }
    }

    /// With subscription and resource group of the vault, if it is among these.
    pub(super) fn among(self, vaults: &[VaultFacts]) -> Self {
        let is_same = |vault: &&VaultFacts| {
            vault.vault.as_ref().zip(self.vault.as_ref()).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        let Some(found) = vaults.iter().find(is_same).map(Self::of_vault) else { return self };
        Self { sub: self.sub.or(found.sub), group: self.group.or(found.group), ..self }
    }

    pub(super) fn of_vault(vault: &VaultFacts) -> Self {
        Self {
            vault: vault.vault.clone().filter(|name| is_vault_name(name)),
            key: None,
            sub: vault.sub.clone().filter(|name| is_subscription(name)),
            group: vault.group.clone().filter(|name| is_group(name)),
            is_hsm: vault.managed_hsm,
        }
    }

    pub(super) fn unknown() -> Self {
        Self { vault: None, key: None, sub: None, group: None, is_hsm: false }
    }

    /// Another name for the key.
    pub(super) fn with_key(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()).filter(|name| is_key_name(name)), ..self }
    }

    fn vault(&self) -> &str {
        self.vault.as_deref().unwrap_or("<vault>")
    }

    fn key(&self) -> &str {
        self.key.as_deref().unwrap_or("<key>")
    }

    fn group(&self) -> &str {
        self.group.as_deref().unwrap_or("<resource group>")
    }

    /// `-ResourceGroupName NAME`.
    pub(super) fn ps_group(&self) -> String {
        format!("-ResourceGroupName {}", quoted(self.group()))
    }

    fn az_vault(&self) -> String {
        format!("{} {}", if self.is_hsm { "--hsm-name" } else { "--vault-name" }, shell_quoted(self.vault()))
    }

    fn ps_vault(&self) -> String {
        format!("{} {}", if self.is_hsm { "-HsmName" } else { "-VaultName" }, quoted(self.vault()))
    }

    /// `az keyvault key ACTION` and a cmdlet, about this key.
    pub(super) fn key_command(&self, action: &str, az: &str, cmdlet: &str, powershell: &str) -> Commands {
        let join = |start: String, rest: &str| if rest.is_empty() { start } else { format!("{start} {rest}") };
        // `az` takes a word that begins with a hyphen for an option, also in quotation marks.
        let sign = if self.key().starts_with('-') { '=' } else { ' ' };
        let az_key = format!("az keyvault key {action} {} --name{sign}{}", self.az_vault(), shell_quoted(self.key()));
        // Keys of a Managed HSM have no other destination.
        let managed = powershell.trim_start_matches("-Destination HSM ").trim_start_matches("-Destination Software ");
        let powershell = if self.is_hsm { managed } else { powershell };
        let ps_key = format!("{cmdlet} {} -Name {}", self.ps_vault(), quoted(self.key()));
        Commands { az: Some(join(az_key, az)), powershell: Some(join(ps_key, powershell)) }
    }

    /// `az keyvault ACTION` and a cmdlet, about this vault.
    pub(super) fn vault_command(&self, action: &str, az: &str, cmdlet: &str, powershell: &str) -> Commands {
        let name = if self.is_hsm { "--hsm-name" } else { "--name" };
        Commands {
            az: Some(format!("az keyvault {action} {name} {} {az}", shell_quoted(self.vault())).trim_end().to_owned()),
            powershell: (!cmdlet.is_empty())
                .then(|| format!("{cmdlet} {} {powershell}", self.ps_vault()).trim_end().to_owned()),
        }
    }

    /// Sets the expiry to a moment in ISO 8601.
    pub(super) fn expire(&self, moment: &str) -> Commands {
        self.key_command(
            "set-attributes",
            &format!("--expires {}", shell_quoted(moment)),
            "Update-AzKeyVaultKey",
            &format!("-Expires ([DateTimeOffset]{}).UtcDateTime", quoted(moment)),
        )
    }

    /// Sets the begin of validity to a moment in ISO 8601.
    pub(super) fn begin(&self, moment: &str) -> Commands {
        self.key_command(
            "set-attributes",
            &format!("--not-before {}", shell_quoted(moment)),
            "Update-AzKeyVaultKey",
            &format!("-NotBefore ([DateTimeOffset]{}).UtcDateTime", quoted(moment)),
        )
    }

    /// Enables the key.
    pub(super) fn enable(&self) -> Commands {
        self.key_command("set-attributes", "--enabled true", "Update-AzKeyVaultKey", "-Enable $true")
    }

    /// Permits these operations.
    pub(super) fn permit(&self, ops: &[&str]) -> Commands {
        let az = format!("--ops {}", ops.join(" "));
        self.key_command("set-attributes", &az, "Update-AzKeyVaultKey", &format!("-KeyOps {}", ops.join(", ")))
    }

    /// Switches purge protection on, for ever.
    pub(super) fn protect(&self) -> Commands {
        self.vault_command(
            if self.is_hsm { "update-hsm" } else { "update" },
            "--enable-purge-protection true",
            if self.is_hsm { "Update-AzKeyVaultManagedHsm" } else { "Update-AzKeyVault" },
            &format!("{} -EnablePurgeProtection", self.ps_group()),
        )
    }

    /// Lets trusted Microsoft services pass the firewall.
    pub(super) fn bypass(&self) -> Commands {
        self.vault_command(
            if self.is_hsm { "update-hsm" } else { "update" },
            "--bypass AzureServices",
            if self.is_hsm { "" } else { "Update-AzKeyVaultNetworkRuleSet" },
            "-Bypass AzureServices",
        )
    }

    /// Assigns a role on the vault to an application.
    pub(super) fn assign(&self, role: &str, application: &str) -> Commands {
        if self.is_hsm {
            let az = format!(
                "az keyvault role assignment create {} --role {} --assignee {} --scope /keys",
                self.az_vault(),
                shell_quoted(role),
                shell_quoted(application)
            );
            return Commands { az: Some(az), powershell: None };
        }
        let scope = format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.KeyVault/vaults/{}",
            self.sub.as_deref().unwrap_or("<subscription>"),
            self.group(),
            self.vault()
        );
        Commands {
            az: Some(format!(
                "az role assignment create --role {} --assignee {} --scope {}",
                shell_quoted(role),
                shell_quoted(application),
                shell_quoted(&scope)
            )),
            powershell: Some(format!(
                "New-AzRoleAssignment -RoleDefinitionName {} -ApplicationId {} -Scope {}",
                quoted(role),
                quoted(application),
                quoted(&scope)
            )),
        }
    }
}

/// 3 to 24 letters, digits and hyphens, beginning with a letter or digit.
fn is_vault_name(name: &str) -> bool {
    (3..=24).contains(&name.len())
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// 1 to 127 letters, digits and hyphens.
fn is_key_name(name: &str) -> bool {
    (1..=127).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_subscription(name: &str) -> bool {
    (1..=36).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// 1 to 90 letters, digits, and some signs.
fn is_group(name: &str) -> bool {
    (1..=90).contains(&name.chars().count()) && name.chars().all(|c| c.is_alphanumeric() || "_-.()".contains(c))
}
