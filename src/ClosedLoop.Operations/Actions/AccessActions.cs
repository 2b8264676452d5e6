using ClosedLoop.Data.Access;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

/// <summary>Who may: users and keys. And which alarms somebody has seen.</summary>
internal sealed class AccessActions(UserStore users, ApiKeyStore keys, AlarmNoteStore notes, DefinitionStore definitions, AuditTrail audit, TimeProvider time)
{
    private const int LongestName = 60;

    public Task<ActionResult> AddUserAsync(Caller caller, string name, string role, string? password)
    {
        if (NameFault(name) is { } fault) return Task.FromResult(fault);
        if (RoleOf(role) is not { } wanted) return Task.FromResult(ActionResult.Bad("CL9509", $"'{role}' is no role; expected viewer, operator or admin"));
        if (PasswordHash.Fault(password ?? "") is { } weak) return Task.FromResult(ActionResult.Bad("CL9509", weak));
        return audit.RunAsync(caller, "user.add", "user/" + UserStore.Fold(name), null, null, () => Look(name), async () =>
            await users.AddAsync(name, wanted, PasswordHash.Of(password!)) ? ActionResult.Of(done: true, $"{UserStore.Fold(name)} may sign in as {role}") : ActionResult.Of(done: false, "there is somebody of that name"));
    }

    public Task<ActionResult> ChangeUserAsync(Caller caller, string name, string? role, bool? disabled, string? password)
    {
        if (users.Find(name) is null) return Task.FromResult(ActionResult.NotFound("CL9509", $"user '{name}' does not exist"));
        OperatorRole? wanted = null;
        if (!string.IsNullOrEmpty(role) && (wanted = RoleOf(role)) is null) return Task.FromResult(ActionResult.Bad("CL9509", $"'{role}' is no role; expected viewer, operator or admin"));
        if (!string.IsNullOrEmpty(password) && PasswordHash.Fault(password) is { } weak) return Task.FromResult(ActionResult.Bad("CL9509", weak));
        return audit.RunAsync(caller, "user.change", "user/" + UserStore.Fold(name), null, null, () => Look(name), async () =>
        {
            await users.ChangeAsync(name, wanted, disabled, string.IsNullOrEmpty(password) ? null : PasswordHash.Of(password));
            return ActionResult.Of(done: true, "changed; sessions of this user have ended");
        });
    }

    /// <summary>Makes a key; its text is told once and not kept.</summary>
    public async Task<(ActionResult Result, string? Key)> AddKeyAsync(Caller caller, string name, string role, string? client, int? days)
    {
        if (NameFault(name) is { } fault) return (fault, null);
        if (RoleOf(role) is not { } wanted) return (ActionResult.Bad("CL9509", $"'{role}' is no role; expected viewer, operator or admin"), null);
        if (days is < 1 or > 3650) return (ActionResult.Bad("CL9509", "a key lasts 1 to 3650 days"), null);
        long? clientId = null;
        if (!string.IsNullOrEmpty(client))
        {
            if (definitions.FindClient(client) is not { } found) return (ActionResult.NotFound("CL2005", $"client '{client}' does not exist"), null);
            clientId = found.Value.Id;
        }

        var now = time.NowMicroseconds();
        var (key, id, hash) = KeyText.Create();
        var result = await audit.RunAsync(caller, "key.add", "key/" + id, clientId, null, () => keys.Find(id) is { } made ? new { made.Name, made.Role, made.ClientId, made.ExpiresAt } : null, async () =>
        {
            await keys.AddAsync(new ApiKey(id, name.Trim(), hash, wanted, clientId, caller.Name, now, days is { } count ? now + (count * 86_400_000_000L) : null, null, null, caller.Person));
            return ActionResult.Of(done: true, $"key {id} made");
        });
        return (result, key);
    }

    public Task<ActionResult> RevokeKeyAsync(Caller caller, string id) => keys.Find(id) is not { } key
        ? Task.FromResult(ActionResult.NotFound("CL9509", $"key '{id}' does not exist"))
        : audit.RunAsync(caller, "key.revoke", "key/" + id, key.ClientId, null, () => new { keys.Find(id)!.RevokedAt }, async () =>
            await keys.RevokeAsync(id) ? ActionResult.Of(done: true, $"key {id} is no longer in force") : ActionResult.Of(done: false, "the key was revoked already"));

    /// <summary>Shows an alarm quietly for some hours.</summary>
    public Task<ActionResult> SnoozeAsync(Caller caller, string subject, string cause, double hours, string? reason)
    {
        if (hours is not (> 0 and <= 168)) return Task.FromResult(ActionResult.Bad("CL9509", "an alarm is put off for more than nothing and at most 168 hours"));
        return audit.RunAsync(caller, "alarm.snooze", "alarm/" + subject, null, reason, () => null, async () =>
        {
            var until = time.NowMicroseconds() + (long)(hours * 3_600_000_000);
            await notes.AddAsync(new AlarmNote(subject, cause, until, caller.Name, reason ?? ""));
            return ActionResult.Of(done: true, FormattableString.Invariant($"put off for {hours} h"));
        });
    }

    private object? Look(string name) => users.Find(name) is { } user ? new { user.Name, user.Role, user.Disabled } : null;

    private static OperatorRole? RoleOf(string text) => Enum.TryParse<OperatorRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role : null;

    private static ActionResult? NameFault(string name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl)
        ? ActionResult.Bad("CL9509", $"a name has 1 to {LongestName} characters")
        : null;
}
