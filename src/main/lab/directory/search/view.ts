/**
 * What a connection sees (MS-ADTS 3.1.1.1.12): on the ports of LDAP the controller's own domain, each naming context for itself; on those of the global catalog
 * the whole forest, of each object the partial attribute set, and nothing to write.
 */
export type View = 'domain' | 'forest'
