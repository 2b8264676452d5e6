using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Where the columns with a role lie: by internal name, else by position (closed-loop spec section 5).</summary>
/// <param name="Email">Index of the address.</param>
/// <param name="Source">Index of the source mailing id.</param>
/// <param name="Wave">Index of the wave, or -1 when the list has none.</param>
/// <param name="Phone">Index of the phone number, or -1 for a client without SMS.</param>
/// <param name="Token">Index of the device token, or -1 for a client without push.</param>
/// <param name="Platform">Index of the device's platform, or -1.</param>
internal readonly record struct ListColumns(int Email, int Source, int Wave, int Phone, int Token, int Platform)
{
    /// <summary>The column that holds the address of a channel.</summary>
    public int AddressOf(MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => Phone,
        MessageChannel.Push => Token,
        _ => Email,
    };

    /// <summary>Finds the columns in a client's list.</summary>
    /// <exception cref="ArgumentException">The list has fewer than two fields or more than the client's limit.</exception>
    public static ListColumns Of(ClientDefinition client)
    {
        var list = client.List;
        if (list.Fields.Count < 2 || list.Fields.Count > client.Import.MaxColumns)
        {
            throw new ArgumentException(
                $"The list of client {client.Key} has {list.Fields.Count} fields; 2 to {client.Import.MaxColumns} (import.maxColumns) are possible.", nameof(client));
        }

        var email = list.IndexOf(ListDefinition.EmailField);
        var source = list.IndexOf(ListDefinition.SourceField);
        var wave = list.IndexOf(ListDefinition.WaveField);
        if (email < 0) email = 0;
        if (source < 0) source = 1;
        if (wave < 0 && list.Fields.Count > 2 && list.Fields[2].Type == FieldType.Long) wave = 2;
        var push = client.Channels?.Push;
        return new(
            email, source, wave, client.Channels?.Sms is { } sms ? list.IndexOf(sms.AddressField) : -1,
            push is null ? -1 : list.IndexOf(push.TokenField), push is null ? -1 : list.IndexOf(push.PlatformField));
    }
}
