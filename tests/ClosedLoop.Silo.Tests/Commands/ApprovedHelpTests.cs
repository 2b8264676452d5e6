using System.CommandLine;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>
/// The help of every command is a public text: it changes on purpose only. With CLOSEDLOOP_APPROVE=1 the tests write the files
/// instead of comparing them.
/// </summary>
[Collection("console and environment")]
public sealed class ApprovedHelpTests
{
    private static readonly bool Approve = Environment.GetEnvironmentVariable("CLOSEDLOOP_APPROVE") == "1";

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("serve")]
    [InlineData("apply")]
    [InlineData("check")]
    [InlineData("lint")]
    [InlineData("render")]
    [InlineData("status")]
    [InlineData("health")]
    [InlineData("doctor")]
    [InlineData("plan")]
    [InlineData("drop")]
    [InlineData("top")]
    [InlineData("recipients")]
    [InlineData("recipients ls")]
    [InlineData("recipients show")]
    [InlineData("recipients message")]
    [InlineData("trace")]
    [InlineData("gdpr")]
    [InlineData("gdpr export")]
    [InlineData("gdpr erase")]
    [InlineData("gdpr allow")]
    [InlineData("gdpr verify")]
    [InlineData("init")]
    [InlineData("config")]
    [InlineData("config show")]
    [InlineData("config validate")]
    [InlineData("completion")]
    [InlineData("files")]
    [InlineData("files ls")]
    [InlineData("files show")]
    [InlineData("files retry")]
    [InlineData("files approve")]
    [InlineData("files replace")]
    [InlineData("files discard")]
    [InlineData("mailings")]
    [InlineData("mailings ls")]
    [InlineData("mailings show")]
    [InlineData("mailings retry-failed")]
    [InlineData("mailings pause")]
    [InlineData("mailings resume")]
    [InlineData("mailings cancel")]
    [InlineData("mailings resend")]
    [InlineData("orders")]
    [InlineData("orders ls")]
    [InlineData("orders show")]
    [InlineData("orders deliveries")]
    [InlineData("orders start")]
    [InlineData("orders schedule")]
    [InlineData("orders duplicate")]
    [InlineData("orders delete")]
    [InlineData("orders cancel")]
    [InlineData("orders locks")]
    [InlineData("orders lock")]
    [InlineData("orders unlock")]
    [InlineData("orders load")]
    [InlineData("export")]
    [InlineData("export ls")]
    [InlineData("export show")]
    [InlineData("export run")]
    [InlineData("export rebuild")]
    [InlineData("export verify")]
    [InlineData("db")]
    [InlineData("db migrate")]
    [InlineData("db copy")]
    [InlineData("db status")]
    [InlineData("db backup")]
    [InlineData("db verify")]
    [InlineData("db confirm")]
    [InlineData("proof")]
    [InlineData("proof verify")]
    [InlineData("proof key")]
    [InlineData("optimove")]
    [InlineData("optimove status")]
    [InlineData("optimove register")]
    [InlineData("optimove cleanup")]
    [InlineData("optimove replay")]
    [InlineData("optimove rotate")]
    [InlineData("sink")]
    [InlineData("simulate")]
    [InlineData("logs")]
    [InlineData("queues")]
    [InlineData("queues ls")]
    [InlineData("queues suspend")]
    [InlineData("queues resume")]
    [InlineData("responses")]
    [InlineData("responses ls")]
    [InlineData("responses unmatched")]
    [InlineData("responses show")]
    [InlineData("responses reset")]
    [InlineData("blocklist")]
    [InlineData("blocklist ls")]
    [InlineData("untracked")]
    [InlineData("untracked ls")]
    [InlineData("users")]
    [InlineData("users ls")]
    [InlineData("users add")]
    [InlineData("users role")]
    [InlineData("users reset")]
    [InlineData("users disable")]
    [InlineData("users enable")]
    [InlineData("keys")]
    [InlineData("keys ls")]
    [InlineData("keys add")]
    [InlineData("keys revoke")]
    public async Task Help_is_as_approved(string command)
    {
        var run = await Cli.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, run.ExitCode);

        // The usage line names the program that runs, which in a test is the test host.
        var lines = run.Out.ReplaceLineEndings("\n").Split('\n').Select(line => line.Replace("  " + RootCommand.ExecutableName + " ", "  closedloop ", StringComparison.Ordinal).TrimEnd());
        var help = string.Join('\n', lines).TrimEnd() + "\n";
        var path = Repository.PathOf("tests", "ClosedLoop.Silo.Tests", "Approved", $"{(command.Length == 0 ? "closedloop" : command.Replace(' ', '-'))}.txt");
        if (Approve) await File.WriteAllTextAsync(path, help);
        Assert.Equal(await File.ReadAllTextAsync(path), help);
    }
}
