using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>users</c>: people who may sign in to the dashboard.</summary>
internal static class UsersCommand
{
    /// <summary>Without characters that are taken for one another.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static Command Create()
    {
        var command = new Command("users", "People who may sign in to the dashboard.");
        command.Subcommands.Add(Ls());
        command.Subcommands.Add(Add());
        command.Subcommands.Add(ChangeRole());
        command.Subcommands.Add(Reset());
        command.Subcommands.Add(Switch("disable", "Keeps a user out and ends open sessions; the name stays, because the audit knows it.", disabled: true, "remove"));
        command.Subcommands.Add(Switch("enable", "Lets a user in again.", disabled: false));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "Name of the user." };

    private static Option<bool> FromInput() => new("--password-stdin") { Description = "Reads the password, one line, from standard input; without it one is made and shown this once." };

    private static Command Ls()
    {
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists users.") { empty, data, json };
        command.Aliases.Add("list");
        command.SetAction((parsed, _) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var users = access.Users.All().Select(user => new { user.Name, Role = AccessText.Role(user.Role), user.Disabled, Created = AccessText.Time(user.CreatedAt), SignedIn = AccessText.Time(user.SignedInAt) }).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, users });
            else foreach (var user in users) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{user.Name,-24} {user.Role,-9} {(user.Disabled ? "disabled" : "enabled"),-9} last signed in {user.SignedIn ?? "never"}"));
            if (users.Count == 0) Console.Error.WriteLine("there are no users; closedloop users add NAME --role admin makes the first");
            return Task.FromResult(SharedOptions.Listed(parsed, empty, users.Count));
        });
        return command;
    }

    private static Command Add()
    {
        var name = Name();
        var role = new Option<string>("--role") { Description = "viewer looks, operator acts, admin also decides who may and changes definitions.", DefaultValueFactory = _ => "viewer" };
        role.AcceptOnlyFromAmong(AccessText.Roles);
        var input = FromInput();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("add", "Adds a user; the password is shown this once.") { name, role, input, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var (password, isMade) = await PasswordAsync(parsed.GetValue(input), cancellation);
            var result = AccessText.Tried(await access.Actions.AddUserAsync(OfflineAccess.Caller, parsed.GetValue(name)!, parsed.GetValue(role)!, password));
            return Print(result.Done, result.Text, isMade ? password : null, parsed.GetValue(json));
        });
        return command;
    }

    private static Command ChangeRole()
    {
        var name = Name();
        var role = new Argument<string>("ROLE") { Description = "viewer, operator or admin." };
        role.AcceptOnlyFromAmong(AccessText.Roles);
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("role", "Gives a user another role and ends open sessions.") { name, role, data, json };
        command.SetAction(async (parsed, _) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            return AccessText.Print(AccessText.Tried(await access.Actions.ChangeUserAsync(OfflineAccess.Caller, parsed.GetValue(name)!, parsed.GetValue(role), disabled: null, password: null)), parsed.GetValue(json));
        });
        return command;
    }

    private static Command Reset()
    {
        var name = Name();
        var input = FromInput();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("reset", "Gives a user a new password, ends open sessions and forgets wrong passwords; shown this once.") { name, input, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var (password, isMade) = await PasswordAsync(parsed.GetValue(input), cancellation);
            var result = AccessText.Tried(await access.Actions.ChangeUserAsync(OfflineAccess.Caller, parsed.GetValue(name)!, role: null, disabled: null, password));
            return Print(result.Done, result.Text, isMade ? password : null, parsed.GetValue(json));
        });
        return command;
    }

    private static Command Switch(string verb, string description, bool disabled, string? alias = null)
    {
        var name = Name();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { name, data, json };
        if (alias is not null) command.Aliases.Add(alias);
        command.SetAction(async (parsed, _) =>
        {
            using var access = OfflineAccess.Open(SharedOptions.Settings(parsed.GetValue(data)));
            return AccessText.Print(AccessText.Tried(await access.Actions.ChangeUserAsync(OfflineAccess.Caller, parsed.GetValue(name)!, role: null, disabled, password: null)), parsed.GetValue(json));
        });
        return command;
    }

    private static async Task<(string Password, bool IsMade)> PasswordAsync(bool fromInput, CancellationToken cancellation) => fromInput
        ? (await Console.In.ReadLineAsync(cancellation) ?? throw new CommandException(ExitCode.Usage, "CL9673: --password-stdin: standard input has no line."), false)
        : (RandomNumberGenerator.GetString(Alphabet, 20), true);

    private static int Print(bool done, string text, string? password, bool json)
    {
        // A password is data that a script reads; what is said about it goes beside.
        if (json) Output.WriteJson(new { schema = Output.Schema, done, text, password = done ? password : null });
        else if (done && password is not null) Console.Out.WriteLine(password);
        if (!json) Console.Error.WriteLine(done && password is not null ? text + "; the password above is shown this once" : text);
        return done ? ExitCode.Ok : ExitCode.Refused;
    }
}
