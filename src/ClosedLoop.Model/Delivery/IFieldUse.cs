using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>Tells which columns of the list a mailing reads.</summary>
public interface IFieldUse
{
    /// <summary>Names of columns that a template of the mailing names, by whatever language; compared without regard to case. Empty for templates that cannot be read.</summary>
    IReadOnlySet<string> FieldsOf(SourceMailing source, ClientDefinition client);
}
