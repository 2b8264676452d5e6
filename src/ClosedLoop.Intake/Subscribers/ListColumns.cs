using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Where the three columns with a role lie: by internal name, else by position (closed-loop spec section 5).</summary>
/// <param name="Email">Index of the address.</param>
/// <param name="Source">Index of the source mailing id.</param>
/// <param name="Wave">Index of the wave, or -1 when the list has none.</param>
internal readonly record struct ListColumns(int Email, int Source, int Wave)
{
    /// <summary>Finds the three columns in a client's list.</summary>
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
        return new(email, source, wave);
    }
}
