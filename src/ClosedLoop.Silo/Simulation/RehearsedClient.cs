using ClosedLoop.Model.Clients;

namespace ClosedLoop.Silo.Simulation;

/// <summary>A client's contract as a rehearsal's own service has it: on this machine alone, and without waits that only real time would end.</summary>
internal static class RehearsedClient
{
    public static ClientDefinition Of(ClientDefinition client) => client with
    {
        // Its folders lie below those of the temporary service, wherever the real ones are.
        Sftp = new SftpSettings(),
        Folders = new FolderSettings(),

        // The file comes by a rename, and the clock stands still while it is taken in and sent: a wait for it to settle, or for room in a lane, would not end.
        Import = client.Import with { StableSeconds = 0, PollSeconds = Math.Min(client.Import.PollSeconds, 2) },
        Mail = client.Mail with { PerSecond = null, Domains = new MailSettings().Domains },
    };
}
