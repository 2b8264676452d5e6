using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Model;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>keys</c>: keys of programs that use the API.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var command = new Command("keys", "Keys of programs that use the API.");
        command.Subcommands.Add(Ls());
        command.Subcommands.Add(Add());
        command.Subcommands.Add(Revoke());
        return command;
    }

    private static Command Ls()
    {
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists keys; never their secret part, of which only a hash is stored.") { empty, data, json };
        command.Aliases.Add("list");
        command.SetAction((parsed, _) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var now = TimeProvider.System.NowMicroseconds();
            var keys = access.Keys.All().Select(key => new
            {
                key.Id,
                key.Name,
                Role = AccessText.Role(key.Role),
                Client = access.ClientKey(key.ClientId),
                key.CreatedBy,
                Created = AccessText.Time(key.CreatedAt),
                Expires = AccessText.Time(key.ExpiresAt),
                Used = AccessText.Time(key.UsedAt),
                State = StateOf(key, now),
            }).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, keys });
            else foreach (var key in keys) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Id,-14} {key.State,-9} {key.Role,-9} {key.Client ?? "all clients",-14} last used {key.Used ?? "never",-17} {key.Name}"));
            if (keys.Count == 0) Console.Error.WriteLine("there are no keys; closedloop keys add NAME makes one");
            return Task.FromResult(SharedOptions.Listed(parsed, empty, keys.Count));
        });
        return command;
    }

    private static string StateOf(ApiKey key, long now) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "in force";

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "What it is for." };
        var role = new Option<string>("--role") { Description = "The most it may do: viewer, operator or admin.", DefaultValueFactory = _ => "viewer" };
        role.AcceptOnlyFromAmong(AccessText.Roles);
        var client = new Option<string?>("--client") { Description = "Key of the only client it sees; all of them when not given." };
        var days = new Option<int?>("--days") { Description = "Days it lasts, 1 to 3650; without an end when not given." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("add", "Makes a key; it is shown this once.") { name, role, client, days, data, json };
        command.SetAction(async (parsed, _) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var (result, key) = await access.Actions.AddKeyAsync(OfflineAccess.Caller, parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(client), parsed.GetValue(days));
            AccessText.Tried(result);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, done = result.Done, text = result.Text, key });
            else Console.Out.WriteLine(key);
            if (!parsed.GetValue(json)) await Console.Error.WriteLineAsync(result.Text + "; it is shown this once, as in Authorization: Bearer KEY");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "The part of the key that may be shown, see closedloop keys ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("revoke", "Takes a key back, from the next request on.") { id, data, json };
        command.SetAction(async (parsed, _) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            return AccessText.Print(AccessText.Tried(await access.Actions.RevokeKeyAsync(OfflineAccess.Caller, parsed.GetValue(id)!)), parsed.GetValue(json));
        });
        return command;
    }
}
