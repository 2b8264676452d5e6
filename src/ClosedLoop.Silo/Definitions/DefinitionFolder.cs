using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove;

namespace ClosedLoop.Silo.Definitions;

/// <summary>
/// Clients, their source mailings and accounts as files: <c>&lt;client&gt;/client.json</c>, <c>&lt;client&gt;/mailings/&lt;name&gt;/mailing.json</c>, <c>&lt;client&gt;/account.json</c>.
/// Read and checked whole before anything is stored.
/// </summary>
public sealed class DefinitionFolder
{
    private readonly List<ClientDefinition> _clients = [];
    private readonly List<SourceMailing> _mailings = [];
    private readonly List<(ClientDefinition Client, OptimoveFile File)> _connectors = [];

    private readonly List<(long ClientId, AccountDefinition Account, IReadOnlyList<byte[]> Contents)> _accounts = [];

    /// <summary>Files of each mailing.</summary>
    private readonly List<IReadOnlyList<byte[]>> _contents = [];

    private DefinitionFolder()
    {
    }

    public IReadOnlyList<ClientDefinition> Clients => _clients;

    public IReadOnlyList<SourceMailing> Mailings => _mailings;

    /// <summary>Connectors to Optimove, with their clients.</summary>
    public IReadOnlyList<(ClientDefinition Client, OptimoveFile File)> Connectors => _connectors;

    /// <exception cref="DefinitionException">A file is missing, malformed or says something that cannot be.</exception>
    public static DefinitionFolder Read(string path)
    {
        var folder = new DefinitionFolder();
        var faults = new List<string>();
        if (!Directory.Exists(path)) throw new DefinitionException([$"{path}: the folder does not exist."]);
        foreach (var client in Directory.EnumerateFiles(path, "client.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) folder.ReadClient(client, faults);
        if (folder._clients.Count == 0 && faults.Count == 0) faults.Add($"{path}: no client.json was found in it or below; expected <client>/client.json.");
        foreach (var twice in folder._clients.GroupBy(client => client.Id).Where(group => group.Count() > 1)) faults.Add($"client id {twice.Key} is used by {twice.Count()} clients.");
        foreach (var twice in folder._clients.GroupBy(client => client.Key, StringComparer.Ordinal).Where(group => group.Count() > 1)) faults.Add($"client key '{twice.Key}' is used by {twice.Count()} clients.");
        foreach (var twice in folder._mailings.GroupBy(mailing => mailing.Id).Where(group => group.Count() > 1)) faults.Add($"source mailing id {twice.Key} is used {twice.Count()} times.");
        return faults.Count == 0 ? folder : throw new DefinitionException(faults);
    }

    /// <summary>One client with its mailings and account, without its connector to others.</summary>
    /// <param name="client">One of <see cref="Clients"/>.</param>
    /// <param name="changed">What is stored in its place.</param>
    internal DefinitionFolder Only(ClientDefinition client, ClientDefinition changed)
    {
        var own = new DefinitionFolder();
        own._clients.Add(changed);
        foreach (var (mailing, contents) in _mailings.Zip(_contents).Where(found => found.First.ClientId == client.Id))
        {
            own._mailings.Add(mailing);
            own._contents.Add(contents);
        }

        own._accounts.AddRange(_accounts.Where(found => found.ClientId == client.Id));
        return own;
    }

    /// <param name="store">Where definitions go.</param>
    /// <param name="accounts">Where accounts go.</param>
    /// <param name="saving">What checks and saves connectors; needed when there are any.</param>
    public async Task<IReadOnlyList<AppliedDefinition>> StoreAsync(DefinitionStore store, AccountStore accounts, ConnectorSaving? saving = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(accounts);
        if (saving is not null && OptimoveFiles.Faults(_connectors, saving.Faults).ToList() is { Count: > 0 } faults) throw new DefinitionException(faults);
        var applied = new List<AppliedDefinition>();
        foreach (var client in _clients)
        {
            var stored = await store.ApplyAsync(client);
            applied.Add(new AppliedDefinition("client", client.Id, client.Name ?? client.Key, stored.Version, stored.Changed));
        }

        foreach (var (mailing, contents) in _mailings.Zip(_contents))
        {
            var stored = await store.ApplyAsync(mailing, contents);
            applied.Add(new AppliedDefinition("mailing", mailing.Id, mailing.Name, stored.Version, stored.Changed));
        }

        foreach (var (clientId, account, contents) in _accounts)
        {
            var stored = await accounts.ApplyAsync(clientId, account, contents);
            applied.Add(new AppliedDefinition("account", clientId, account.Name ?? account.Key, stored.Version, stored.Changed));
        }

        if (saving is null) return applied;
        foreach (var (client, file) in _connectors)
        {
            var (version, changed) = await saving.SaveAsync(file, client);
            applied.Add(new AppliedDefinition("optimove", client.Id, file.Connector.BaseUrl, version, changed));
        }

        return applied;
    }

    private void ReadClient(string file, List<string> faults)
    {
        if (DefinitionReader.Parse<ClientDefinition>(file, faults) is not { } client) return;
        faults.AddRange(ClientCheck.Faults(client).Select(fault => $"{file}: {fault}"));
        _clients.Add(client);
        ReadAccount(Path.Combine(Path.GetDirectoryName(file)!, "account.json"), client, faults);
        if (OptimoveFiles.Read(file, faults) is { } connector) _connectors.Add((client, connector));
        var mailings = Path.Combine(Path.GetDirectoryName(file)!, "mailings");
        if (!Directory.Exists(mailings)) return;
        foreach (var mailing in Directory.EnumerateFiles(mailings, "mailing.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            ReadMailing(mailing, client, faults);
        }
    }

    private void ReadAccount(string file, ClientDefinition client, List<string> faults)
    {
        if (!File.Exists(file)) return;
        var account = AccountFile.Read(File.ReadAllText(file), out var found);
        faults.AddRange(found.Select(fault => $"{file}: CL4100: {fault}"));
        if (account is null) return;
        if (account.Key != client.Key) faults.Add($"{file}: key is '{account.Key}'; expected '{client.Key}', the client it stands beside.");
        var (complete, contents) = MailingFiles.Read(file, account, client, faults);
        _accounts.Add((client.Id, complete, contents));
    }

    private void ReadMailing(string file, ClientDefinition client, List<string> faults)
    {
        if (DefinitionReader.Parse<MailingFile>(file, faults) is not { } read) return;
        var (mailing, contents) = MailingFiles.Read(file, read, DefinitionReader.Mailing(file, read, client.Id, faults), client, faults);
        faults.AddRange(MailingCheck.Faults(mailing, client).Select(fault => $"{file}: {fault}"));
        _mailings.Add(mailing);
        _contents.Add(contents);
    }
}
