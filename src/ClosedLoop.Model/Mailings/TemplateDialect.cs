namespace ClosedLoop.Model.Mailings;

/// <summary>The language of a source mailing's subject and parts.</summary>
public enum TemplateDialect
{
    Liquid,

    /// <summary><c>{Name}</c> and field functions (closed-loop spec section 8).</summary>
    Campaign,

    /// <summary><c>${field}$</c>, <c>&lt;{note}&gt;</c> and link codes (XML delivery spec section 10).</summary>
    Contactlab,
}
